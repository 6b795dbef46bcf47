/* What an auditor asks, through C: a daily head, a proof under it, evidence of an item, and rules that are published. */
#include "check.h"

enum { ROOM = 1 << 16 };

#define IMPORT                                                                                                        \
    "{\"action\":{\"cutover\":\"2026-01-01\",\"items\":[{\"currency\":\"EUR\",\"customer\":\"acme\",\"due\":"          \
    "\"2025-12-31\",\"id\":\"OLD-1\",\"issued\":\"2025-12-01\",\"number\":\"7\",\"open\":\"9.00\",\"total\":\"9.00\"}]," \
    "\"kind\":\"import_opening\"},\"id\":\"opening\",\"log\":" ACCOUNT ",\"schema\":\"duebill/command/1\","             \
    "\"stamp\":{\"actor\":\"clara\",\"at\":\"2026-01-01T12:00:00Z\",\"effective\":\"2026-01-01\",\"role\":\"billing\"}}"
#define PUBLICATION "{\"id\":\"northwind\",\"kind\":\"rulebook\",\"seller\":\"northwind\"}"
#define REQUIRE                                                                                                       \
    "{\"action\":{\"kind\":\"require_publication\"},\"id\":\"on\",\"log\":" PUBLICATION ",\"schema\":"                  \
    "\"duebill/command/1\",\"stamp\":{\"actor\":\"anna\",\"at\":\"2026-01-01T12:00:00Z\",\"effective\":\"2026-01-01\"," \
    "\"role\":\"pricing\"}}"
#define DAILY "{\"day\":\"2026-01-31\",\"prove\":[%s],\"seller\":\"northwind\"}"

static duebill_text at(duebill_result document, const char *pointer) {
    duebill_view view;
    CHECK(duebill_result_get(document, pointer, strlen(pointer), &view, NULL) == DUEBILL_OK);
    return view.raw;
}

static int is(duebill_text text, const char *word) {
    return text.length == strlen(word) && memcmp(text.data, word, text.length) == 0;
}

/* Decides a command and applies its record; gives the decision. */
static duebill_result recorded(duebill_log log, duebill_rulebook rulebook, const char *command) {
    duebill_result decision = 0;
    duebill_view hash;
    duebill_text record;
    CHECK(duebill_log_decide(log, rulebook, command, strlen(command), &decision, NULL) == DUEBILL_OK);
    record = at(decision, "/record");
    CHECK(duebill_result_get(decision, TEXT("/hash"), &hash, NULL) == DUEBILL_OK);
    CHECK(duebill_log_apply(log, record.data, record.length, hash.text.data, hash.text.length, NULL, 0, NULL) == DUEBILL_OK);
    return decision;
}

static duebill_result daily_of(const duebill_log *logs, size_t count, const char *prove) {
    char request[512];
    duebill_result daily = 0;
    snprintf(request, sizeof request, DAILY, prove);
    CHECK(duebill_daily_head(logs, count, request, strlen(request), &daily, NULL) == DUEBILL_OK);
    return daily;
}

static int sound(duebill_result checked) {
    int answer = is(at(checked, "/sound"), "true");
    CHECK(answer || is(at(checked, "/sound"), "false"));
    CHECK(duebill_result_free(checked) == DUEBILL_OK);
    return answer;
}

static int includes(duebill_text daily, duebill_text proof) {
    char *request = (char *)malloc(ROOM);
    duebill_result checked = 0;
    CHECK(request != NULL);
    snprintf(request, ROOM, "{\"daily\":%.*s,\"proof\":%.*s}", (int)daily.length, daily.data, (int)proof.length, proof.data);
    CHECK(duebill_check_inclusion(request, strlen(request), &checked, NULL) == DUEBILL_OK);
    free(request);
    return sound(checked);
}

static void logs_are_compared(duebill_result first, duebill_result second) {
    char *request = (char *)malloc(ROOM);
    duebill_result checked = 0;
    duebill_text a = at(first, "/head"), b = at(first, "/logs"), c = at(second, "/head"), d = at(second, "/logs");
    CHECK(request != NULL);
    snprintf(request, ROOM, "{\"earlier\":{\"head\":%.*s,\"logs\":%.*s},\"later\":{\"head\":%.*s,\"logs\":%.*s}}",
             (int)a.length, a.data, (int)b.length, b.data, (int)c.length, c.data, (int)d.length, d.data);
    CHECK(duebill_compare_daily(request, strlen(request), &checked, NULL) == DUEBILL_OK);
    CHECK(is(at(checked, "/findings/0/name"), "\"log-vanished\"") && !sound(checked));
    free(request);
}

static void evidence_is_checked(duebill_log account, duebill_result daily, duebill_result decision) {
    char *request = (char *)malloc(ROOM), *copy;
    duebill_result package = 0, checked = 0;
    duebill_text head = at(daily, "/head"), proof = at(daily, "/proofs/0"), record = at(decision, "/record"), bytes;
    size_t place;
    CHECK(request != NULL);
    snprintf(request, ROOM, "{\"daily\":%.*s,\"documents\":[\"OLD-1\"],\"proofs\":[%.*s],\"records\":[{\"record\":%.*s}]}",
             (int)head.length, head.data, (int)proof.length, proof.data, (int)record.length, record.data);
    CHECK(duebill_evidence(&account, 1, request, strlen(request), &package, NULL) == DUEBILL_OK);
    CHECK(duebill_result_data(package, &bytes, NULL) == DUEBILL_OK);
    CHECK(duebill_check_evidence(bytes.data, bytes.length, head.data, head.length, &checked, NULL) == DUEBILL_OK);
    /* Nobody handed rules in: it is sound, and says which records were decided under rules that it does not show. */
    CHECK(is(at(checked, "/findings/0/name"), "\"evidence-rules\"") && is(at(checked, "/findings/0/severity"), "\"warn\""));
    CHECK(is(at(checked, "/findings/0/data/records"), "\"northwind/account/acme 1\""));
    CHECK(sound(checked));
    copy = (char *)malloc(bytes.length);
    CHECK(copy != NULL);
    for (place = 0; place < bytes.length; place += 7) {
        memcpy(copy, bytes.data, bytes.length);
        copy[place] ^= 1;
        CHECK(duebill_check_evidence(copy, bytes.length, head.data, head.length, &checked, NULL) == DUEBILL_OK);
        CHECK(!sound(checked));
    }
    CHECK(duebill_evidence(NULL, 0, request, strlen(request), &checked, NULL) == DUEBILL_E_LOG_KIND);
    free(copy);
    free(request);
    CHECK(duebill_result_free(package) == DUEBILL_OK);
}

static void only_published_rules_decide(duebill_rulebook rulebook, duebill_log account) {
    char command[512];
    duebill_log publication = 0;
    duebill_rulebook known = 0;
    duebill_result decision = 0;
    CHECK(duebill_log_open(TEXT(PUBLICATION), &publication, NULL) == DUEBILL_OK);
    CHECK(duebill_result_free(recorded(publication, rulebook, REQUIRE)) == DUEBILL_OK);
    CHECK(duebill_rulebook_published(rulebook, publication, &known, NULL) == DUEBILL_OK);
    snprintf(command, sizeof command, COMMAND_FORMAT, 1);
    CHECK(duebill_log_decide(account, known, command, strlen(command), &decision, NULL) == DUEBILL_E_RULEBOOK_UNPUBLISHED);
    CHECK(duebill_log_decide(account, rulebook, command, strlen(command), &decision, NULL) == DUEBILL_OK);
    CHECK(duebill_result_free(decision) == DUEBILL_OK && duebill_rulebook_free(known) == DUEBILL_OK);
    CHECK(duebill_rulebook_published(rulebook, account, &known, NULL) == DUEBILL_E_LOG_KIND);
    CHECK(duebill_log_free(publication) == DUEBILL_OK);
}

int main(void) {
    duebill_rulebook rulebook = a_rulebook();
    duebill_log account = an_account();
    duebill_result decision = recorded(account, rulebook, IMPORT), daily = daily_of(&account, 1, ACCOUNT);
    duebill_result none = daily_of(NULL, 0, "");
    CHECK(includes(at(daily, "/head"), at(daily, "/proofs/0")));
    CHECK(!includes(at(none, "/head"), at(daily, "/proofs/0")));
    logs_are_compared(daily, none);
    evidence_is_checked(account, daily, decision);
    only_published_rules_decide(rulebook, account);
    CHECK(duebill_result_free(none) == DUEBILL_OK && duebill_result_free(daily) == DUEBILL_OK);
    CHECK(duebill_result_free(decision) == DUEBILL_OK && duebill_log_free(account) == DUEBILL_OK);
    CHECK(duebill_rulebook_free(rulebook) == DUEBILL_OK);
    return 0;
}
