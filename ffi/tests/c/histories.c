/*
 * Whole histories as a C host lives them: `histories HISTORIES PLAN`. HISTORIES is {"cases":[..]}, the simulations of
 * the case files in canonical form; every command of theirs goes to a log of its own address, and so does all that
 * follows from it. PLAN is one history whose first command makes something due and whose second one bills it.
 */
#include <stdarg.h>

#include "file.h"

enum { LOGS = 16, QUEUE = 64, PATH = 120 };

typedef struct {
    duebill_text address;
    duebill_log log;
} known;

/* A host: a rulebook, and a log for each address. */
typedef struct {
    duebill_rulebook rulebook;
    known logs[LOGS];
    size_t count;
} a_host;

/* Refusals that must have been met by their codes, and whether they were. */
static struct {
    const char *name;
    duebill_status code;
    int met;
} must_meet[] = {
    {"number-date-order", DUEBILL_E_NUMBER_DATE_ORDER, 0}, {"seller-mismatch", DUEBILL_E_SELLER_MISMATCH, 0},
    {"credit-over", DUEBILL_E_CREDIT_OVER, 0},             {"invoice-allocated", DUEBILL_E_INVOICE_ALLOCATED, 0},
    {"approval-content", DUEBILL_E_APPROVAL_CONTENT, 0},   {"period-closed", DUEBILL_E_PERIOD_CLOSED, 0},
    {"log-mismatch", DUEBILL_E_LOG_MISMATCH, 0},           {"log-kind", DUEBILL_E_LOG_KIND, 0},
    {"rulebook-unpublished", DUEBILL_E_RULEBOOK_UNPUBLISHED, 0},
};

static int is(duebill_text text, const char *word) {
    return text.length == strlen(word) && memcmp(text.data, word, text.length) == 0;
}

/* What stands at a path, printed as `printf` does; 0 if nothing does. */
static int find(duebill_result document, duebill_view *view, const char *format, ...) {
    char path[PATH];
    va_list arguments;
    int length;
    va_start(arguments, format);
    length = vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    CHECK(length >= 0 && length < PATH);
    return duebill_result_get(document, path, (size_t)length, view, NULL) == DUEBILL_OK;
}

static void meet(const duebill_error *error) {
    size_t at;
    for (at = 0; at < sizeof must_meet / sizeof *must_meet; at++) {
        if (strcmp(error->name, must_meet[at].name) != 0) continue;
        CHECK(error->code == must_meet[at].code);
        must_meet[at].met = 1;
    }
}

static duebill_log log_of(a_host *host, duebill_text address) {
    known *next = &host->logs[host->count];
    char *copy;
    size_t at;
    for (at = 0; at < host->count; at++) {
        duebill_text had = host->logs[at].address;
        if (had.length == address.length && memcmp(had.data, address.data, had.length) == 0) return host->logs[at].log;
    }
    CHECK(host->count < LOGS);
    copy = (char *)malloc(address.length);
    CHECK(copy != NULL);
    memcpy(copy, address.data, address.length);
    next->address.data = copy;
    next->address.length = address.length;
    CHECK(duebill_log_open(address.data, address.length, &next->log, NULL) == DUEBILL_OK);
    host->count++;
    return next->log;
}

/* Rules that were published hold from then on. */
static void published(a_host *host, duebill_log publication) {
    duebill_rulebook renewed = 0;
    CHECK(duebill_rulebook_published(host->rulebook, publication, &renewed, NULL) == DUEBILL_OK);
    CHECK(duebill_rulebook_free(host->rulebook) == DUEBILL_OK);
    host->rulebook = renewed;
}

/* The rows of a stored record are those that were given with it. */
static void made_again(duebill_result decision, duebill_text hash, duebill_text record) {
    duebill_result made = 0;
    duebill_view rows, again, version, stored;
    char *line = (char *)malloc(hash.length + record.length + 2);
    CHECK(line != NULL);
    memcpy(line, hash.data, hash.length);
    line[hash.length] = ' ';
    memcpy(line + hash.length + 1, record.data, record.length);
    line[hash.length + 1 + record.length] = '\n';
    CHECK(duebill_rows(line, hash.length + record.length + 2, &made, NULL) == DUEBILL_OK);
    CHECK(find(decision, &rows, "/rows") && find(made, &again, "/records/0/rows"));
    CHECK(rows.raw.length == again.raw.length && memcmp(rows.raw.data, again.raw.data, rows.raw.length) == 0);
    CHECK(find(decision, &version, "/rows_version") && find(made, &stored, "/version"));
    CHECK(version.raw.length == stored.raw.length && memcmp(version.raw.data, stored.raw.data, stored.raw.length) == 0);
    CHECK(duebill_result_free(made) == DUEBILL_OK);
    free(line);
}

static void taken_up(duebill_log log, duebill_result decision) {
    duebill_view record, hash, detached;
    CHECK(find(decision, &record, "/record") && find(decision, &hash, "/hash") && find(decision, &detached, "/detached"));
    made_again(decision, hash.text, record.raw);
    CHECK(duebill_log_apply(log, record.raw.data, record.raw.length, hash.text.data, hash.text.length,
                            detached.raw.data, detached.raw.length, NULL) == DUEBILL_OK);
}

/* A refusal must find what the case says at `expected`, in its order. */
static void refused_as(duebill_result cases, const char *expected, duebill_error *error) {
    duebill_view want, got;
    unsigned at;
    meet(error);
    CHECK(find(cases, &want, "%s/findings", expected) && want.count == error->findings);
    for (at = 0; at < error->findings; at++) {
        CHECK(find(cases, &want, "%s/findings/%u", expected, at));
        CHECK(find(error->details, &got, "/findings/%u/name", at));
        CHECK(want.text.length == got.text.length && memcmp(want.text.data, got.text.data, got.text.length) == 0);
    }
    CHECK(duebill_result_free(error->details) == DUEBILL_OK);
}

/* Decides a command; gives the decision, or 0 if it was refused as the case says at `expected`. */
static duebill_result decided(a_host *host, duebill_text command, duebill_result cases, const char *expected) {
    duebill_result document = 0, decision = 0;
    duebill_error error;
    duebill_view address, kind, want, got;
    duebill_status status;
    int publishes;
    duebill_log log;
    CHECK(duebill_document_parse(command.data, command.length, &document, NULL) == DUEBILL_OK);
    CHECK(find(document, &address, "/log") && find(cases, &want, "%s/outcome", expected));
    log = log_of(host, address.raw);
    publishes = find(document, &kind, "/log/kind") && is(kind.text, "rulebook");
    CHECK(duebill_result_free(document) == DUEBILL_OK);
    status = duebill_log_decide(log, host->rulebook, command.data, command.length, &decision, &error);
    if (status != DUEBILL_OK) {
        if (!is(want.text, "refused")) fprintf(stderr, "%s: %s\n", error.name, error.message);
        CHECK(is(want.text, "refused"));
        refused_as(cases, expected, &error);
        return 0;
    }
    CHECK(find(decision, &got, "/outcome"));
    CHECK(got.text.length == want.text.length && memcmp(got.text.data, want.text.data, got.text.length) == 0);
    if (is(got.text, "recorded")) {
        taken_up(log, decision);
        if (publishes) published(host, log);
    }
    return decision;
}

/* Whether the host crashes behind a command, so that nothing comes of what it causes. */
static int is_lost(duebill_result cases, const char *in, duebill_text command) {
    duebill_result document = 0;
    duebill_view lost, id, own;
    unsigned at;
    int found = 0;
    if (!find(cases, &lost, "%s/lost", in)) return 0;
    CHECK(duebill_document_parse(command.data, command.length, &document, NULL) == DUEBILL_OK);
    CHECK(find(document, &own, "/id"));
    for (at = 0; at < lost.count; at++) {
        CHECK(find(cases, &id, "%s/lost/%u", in, at));
        found |= id.text.length == own.text.length && memcmp(id.text.data, own.text.data, own.text.length) == 0;
    }
    CHECK(duebill_result_free(document) == DUEBILL_OK);
    return found;
}

/* Delivers a command and all that follows from it, first come, first served; gives how many they were. */
static unsigned delivered(a_host *host, duebill_text command, duebill_result cases, const char *outcome, const char *in) {
    duebill_result decisions[QUEUE];
    duebill_text queue[QUEUE];
    unsigned at, next, ready = 1;
    queue[0] = command;
    for (next = 0; next < ready; next++) {
        duebill_view intents, intent;
        char expected[PATH];
        if (next == 0) snprintf(expected, sizeof expected, "%s", outcome);
        else snprintf(expected, sizeof expected, "%s/then/%u", outcome, next - 1);
        decisions[next] = decided(host, queue[next], cases, expected);
        if (decisions[next] == 0 || is_lost(cases, in, queue[next])) continue;
        if (!find(decisions[next], &intents, "/intents")) continue;
        for (at = 0; at < intents.count; at++) {
            CHECK(ready < QUEUE && find(decisions[next], &intent, "/intents/%u/command", at));
            queue[ready++] = intent.raw;
        }
    }
    for (at = 0; at < ready; at++) CHECK(decisions[at] == 0 || duebill_result_free(decisions[at]) == DUEBILL_OK);
    return ready;
}

static a_host opened(duebill_result cases, unsigned at) {
    a_host host;
    duebill_view rulebook;
    memset(&host, 0, sizeof host);
    CHECK(find(cases, &rulebook, "/cases/%u/in/rulebook", at));
    CHECK(duebill_rulebook_compile(rulebook.raw.data, rulebook.raw.length, &host.rulebook, NULL) == DUEBILL_OK);
    return host;
}

static void closed(a_host *host) {
    while (host->count > 0) {
        known *last = &host->logs[--host->count];
        CHECK(duebill_log_free(last->log) == DUEBILL_OK);
        free((void *)last->address.data);
    }
    CHECK(duebill_rulebook_free(host->rulebook) == DUEBILL_OK);
}

/* What is under way between all logs of a host: as many ready commands as the case says, where it asks. */
static void under_way(a_host *host, duebill_result cases, unsigned at) {
    duebill_log logs[LOGS];
    duebill_view asked, overview, want, got;
    duebill_result shown = 0;
    unsigned question;
    size_t place;
    for (place = 0; place < host->count; place++) logs[place] = host->logs[place].log;
    if (!find(cases, &asked, "/cases/%u/in/questions", at)) return;
    for (question = 0; question < asked.count; question++) {
        if (!find(cases, &overview, "/cases/%u/in/questions/%u/overview", at, question)) continue;
        if (!is(overview.text, "reconcile") || !find(cases, &want, "/cases/%u/out/answers/%u/commands", at, question))
            continue;
        CHECK(duebill_reconcile(host->rulebook, logs, host->count, TEXT("{}"), &shown, NULL) == DUEBILL_OK);
        CHECK(find(shown, &got, "/commands") && got.raw.length == want.raw.length);
        CHECK(memcmp(got.raw.data, want.raw.data, got.raw.length) == 0);
        CHECK(duebill_result_free(shown) == DUEBILL_OK);
    }
}

static void lived(duebill_result cases, unsigned at) {
    a_host host = opened(cases, at);
    duebill_view commands, command, then;
    unsigned place;
    CHECK(find(cases, &commands, "/cases/%u/in/commands", at));
    for (place = 0; place < commands.count; place++) {
        char outcome[PATH], in[PATH];
        unsigned outcomes;
        snprintf(outcome, sizeof outcome, "/cases/%u/out/outcomes/%u", at, place);
        CHECK(find(cases, &command, "/cases/%u/in/commands/%u", at, place));
        snprintf(in, sizeof in, "/cases/%u/in", at);
        outcomes = delivered(&host, command.raw, cases, outcome, in);
        CHECK(outcomes == 1 + (find(cases, &then, "%s/then", outcome) ? then.count : 0));
    }
    under_way(&host, cases, at);
    closed(&host);
}

/* A command for the log of another seller is refused by the log of this one. */
static void foreign(duebill_rulebook rulebook) {
    static const char own[] = "{\"id\":\"acme\",\"kind\":\"account\",\"seller\":\"s\"}";
    char command[512];
    duebill_log log = 0;
    duebill_error error;
    duebill_result out = 0;
    duebill_status status;
    snprintf(command, sizeof command, COMMAND_FORMAT, 1);
    CHECK(duebill_log_open(TEXT(own), &log, NULL) == DUEBILL_OK);
    status = duebill_log_decide(log, rulebook, command, strlen(command), &out, &error);
    meet(&error);
    CHECK(status == DUEBILL_E_LOG_MISMATCH && out == 0 && duebill_result_free(error.details) == DUEBILL_OK);
    CHECK(duebill_log_free(log) == DUEBILL_OK);
}

#define REQUEST                                                                                                       \
    "{\"stamp\":{\"actor\":\"clara\",\"at\":\"2026-01-31T12:00:00Z\",\"effective\":\"2026-01-31\",\"role\":\"clerk\"}}"

/* What is due is asked for, carried out by its ready command, and then no longer due. */
static void plans_are_carried_out(duebill_result cases) {
    a_host host = opened(cases, 0);
    duebill_view command, key, due;
    duebill_result run = 0;
    duebill_log book = 0;
    duebill_error error;
    CHECK(find(cases, &command, "/cases/0/in/commands/0"));
    delivered(&host, command.raw, cases, "/cases/0/out/outcomes/0", "/cases/0/in");
    CHECK(duebill_plan_run(host.rulebook, &host.logs[0].log, 1, TEXT(REQUEST), &run, NULL) == DUEBILL_OK);
    CHECK(find(run, &due, "/outcomes") && due.count == 1);
    CHECK(find(run, &key, "/outcomes/0/key") && is(key.text, "a:monthly:2026-01-31"));
    CHECK(find(run, &command, "/outcomes/0/command"));
    CHECK(delivered(&host, command.raw, cases, "/cases/0/out/outcomes/1", "/cases/0/in") == 3);
    CHECK(duebill_result_free(run) == DUEBILL_OK);
    CHECK(duebill_plan_run(host.rulebook, &host.logs[0].log, 1, TEXT(REQUEST), &run, NULL) == DUEBILL_OK);
    CHECK(find(run, &due, "/outcomes") && due.count == 0);
    CHECK(duebill_result_free(run) == DUEBILL_OK);
    run = 0;
    CHECK(duebill_log_open(TEXT(CASH_BOOK), &book, NULL) == DUEBILL_OK);
    CHECK(duebill_plan_run(host.rulebook, &book, 1, TEXT(REQUEST), &run, &error) == DUEBILL_E_LOG_KIND && run == 0);
    meet(&error);
    CHECK(duebill_result_free(error.details) == DUEBILL_OK && duebill_log_free(book) == DUEBILL_OK);
    foreign(host.rulebook);
    closed(&host);
}

static duebill_result parsed(const char *path) {
    duebill_result document = 0;
    size_t length;
    char *bytes = read_all(path, &length);
    CHECK(duebill_document_parse(bytes, length, &document, NULL) == DUEBILL_OK);
    free(bytes);
    return document;
}

int main(int count, char **arguments) {
    duebill_result histories, plan;
    duebill_view cases;
    unsigned at;
    CHECK(count == 3);
    histories = parsed(arguments[1]);
    CHECK(find(histories, &cases, "/cases") && cases.count > 0);
    for (at = 0; at < cases.count; at++) lived(histories, at);
    plan = parsed(arguments[2]);
    plans_are_carried_out(plan);
    for (at = 0; at < sizeof must_meet / sizeof *must_meet; at++) {
        if (!must_meet[at].met) fprintf(stderr, "%s was not met\n", must_meet[at].name);
        CHECK(must_meet[at].met);
    }
    CHECK(duebill_result_free(histories) == DUEBILL_OK && duebill_result_free(plan) == DUEBILL_OK);
    return 0;
}
