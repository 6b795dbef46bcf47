/*
 * What the core refuses, as a C host meets it: `refusals RULEBOOK FUTURE`, where RULEBOOK is the golden rulebook and
 * FUTURE one stored line, hash and record, whose event is of a kind that no library knows yet.
 */
#include "file.h"

#define STAMP                                                                                                         \
    "\"schema\":\"duebill/command/1\",\"stamp\":{\"actor\":\"clara\",\"at\":\"2026-01-31T12:00:00Z\","                \
    "\"effective\":\"2026-01-31\",\"role\":\"billing\"}"
#define COMMAND(id, address, action) "{\"action\":" action ",\"id\":\"" id "\",\"log\":" address "," STAMP "}"
#define UNTOUCHED UINT64_C(0x5a5a5a5a5a5a5a5a)

static duebill_rulebook rulebook;

/* The code, the name and the pointer of a refusal, which must hold all its findings in its details. */
static void refused(duebill_status status, duebill_error *error, duebill_status code, const char *name, const char *at) {
    duebill_view view;
    if (status != code || error->code != code || strcmp(error->name, name) != 0 || strcmp(error->pointer, at) != 0)
        fprintf(stderr, "got %u %s at %s: %s\n", (unsigned)status, error->name, error->pointer, error->message);
    CHECK(status == code && error->code == code && strcmp(error->name, name) == 0 && strcmp(error->pointer, at) == 0);
    CHECK(strlen(error->message) > 0);
    CHECK(duebill_result_get(error->details, TEXT("/findings"), &view, NULL) == DUEBILL_OK);
    CHECK(view.count == error->findings && view.count > 0);
    CHECK(duebill_result_free(error->details) == DUEBILL_OK);
}

/* Whether some finding of the details has this name at this place. */
static int finds(duebill_result details, const char *name, const char *at) {
    duebill_view all, view;
    size_t place;
    CHECK(duebill_result_get(details, TEXT("/findings"), &all, NULL) == DUEBILL_OK);
    for (place = 0; place < all.count; place++) {
        char pointer[40];
        int same;
        snprintf(pointer, sizeof pointer, "/findings/%u/name", (unsigned)place);
        CHECK(duebill_result_get(details, pointer, strlen(pointer), &view, NULL) == DUEBILL_OK);
        same = view.text.length == strlen(name) && memcmp(view.text.data, name, view.text.length) == 0;
        snprintf(pointer, sizeof pointer, "/findings/%u/path", (unsigned)place);
        CHECK(duebill_result_get(details, pointer, strlen(pointer), &view, NULL) == DUEBILL_OK);
        if (same && view.text.length == strlen(at) && memcmp(view.text.data, at, view.text.length) == 0) return 1;
    }
    return 0;
}

static duebill_log opened(const char *address) {
    duebill_log log = 0;
    CHECK(duebill_log_open(address, strlen(address), &log, NULL) == DUEBILL_OK);
    return log;
}

/* Decides a command that is refused, and sees that neither output nor log was touched. */
static void command_refused(duebill_log log, const char *command, duebill_status code, const char *name, const char *at) {
    duebill_result before = a_head(log), after, out = UNTOUCHED;
    duebill_text first, second;
    duebill_error error;
    refused(duebill_log_decide(log, rulebook, command, strlen(command), &out, &error), &error, code, name, at);
    after = a_head(log);
    CHECK(duebill_result_data(before, &first, NULL) == DUEBILL_OK);
    CHECK(duebill_result_data(after, &second, NULL) == DUEBILL_OK);
    CHECK(first.length == second.length && memcmp(first.data, second.data, first.length) == 0 && out == UNTOUCHED);
    CHECK(duebill_result_free(before) == DUEBILL_OK && duebill_result_free(after) == DUEBILL_OK);
}

/* Decides, stores into `line` as an export would, and applies. */
static void recorded(duebill_log log, const char *command, char *line, size_t room) {
    duebill_result decision = 0;
    duebill_view record, hash, detached;
    CHECK(duebill_log_decide(log, rulebook, command, strlen(command), &decision, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(decision, TEXT("/record"), &record, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(decision, TEXT("/hash"), &hash, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(decision, TEXT("/detached"), &detached, NULL) == DUEBILL_OK);
    CHECK(duebill_log_apply(log, record.raw.data, record.raw.length, hash.text.data, hash.text.length,
                            detached.raw.data, detached.raw.length, NULL) == DUEBILL_OK);
    CHECK(room > record.raw.length + 67);
    snprintf(line, room, "%.*s %.*s\n", (int)hash.text.length, hash.text.data, (int)record.raw.length, record.raw.data);
    CHECK(duebill_result_free(decision) == DUEBILL_OK);
}

#define RECEIVE(id, currency, amount)                                                                                 \
    COMMAND(id, CASH_BOOK,                                                                                            \
            "{\"entry\":{\"amount\":\"" amount "\",\"currency\":\"" currency "\",\"id\":\"" id "\",\"receipts\":"     \
            "[{\"amount\":\"" amount "\",\"id\":\"" id "\"}],\"value_date\":\"2026-01-31\"},\"kind\":\"receive\"}")

static void currencies_never_mix(void) {
    static const char reserve[] =
        COMMAND("mixed", CASH_BOOK,
                "{\"account\":\"acme\",\"allocations\":[{\"cash\":\"5.00\",\"currency\":\"USD\",\"item\":\"I-1\"}],"
                "\"kind\":\"reserve\",\"receipt\":\"r1\"}");
    char line[4096];
    duebill_log bank = opened(CASH_BOOK);
    recorded(bank, RECEIVE("r1", "EUR", "10.00"), line, sizeof line);
    command_refused(bank, reserve, DUEBILL_E_RECEIPT_CURRENCY, "receipt-currency", "");
    command_refused(bank, RECEIVE("r2", "JPY", "1.5"), DUEBILL_E_PRECISION, "precision", "/action/entry/amount");
    command_refused(bank, RECEIVE("r3", "EURO", "1.5"), DUEBILL_E_CURRENCY_UNKNOWN, "currency-unknown",
                    "/action/entry/currency");
    CHECK(duebill_log_free(bank) == DUEBILL_OK);
}

static void numbers_are_plain_and_bounded(void) {
    static const char *const bad[] = {"1e5", "1E5", "1_000", "+1", "1.", ".5", "", "-", "NaN", "0x10", " 1"};
    duebill_log bank = opened(CASH_BOOK);
    size_t at;
    command_refused(bank, RECEIVE("r", "EUR", "12345678901234567890123456789"), DUEBILL_E_NUMBER_RANGE, "number-range",
                    "/action/entry/amount");
    command_refused(bank, RECEIVE("r", "EUR", "10000000000000.01"), DUEBILL_E_AMOUNT_OVERFLOW, "amount-overflow",
                    "/action/entry/amount");
    for (at = 0; at < sizeof bad / sizeof *bad; at++) {
        char request[160];
        duebill_result out = UNTOUCHED;
        duebill_error error;
        duebill_status status;
        snprintf(request, sizeof request, "{\"in\":{\"currency\":\"EUR\",\"value\":\"%s\"},\"kind\":\"round_amount\"}", bad[at]);
        status = duebill_calculate(request, strlen(request), &out, &error);
        refused(status, &error, DUEBILL_E_NUMBER_FORM, "number-form", "/in/value");
        CHECK(out == UNTOUCHED);
    }
    CHECK(duebill_log_free(bank) == DUEBILL_OK);
}

#define ENTRY(from, to)                                                                                               \
    "{\"entries\":[{\"customer\":\"acme\",\"id\":\"E-1\",\"work\":{\"end\":\"2026-01-12T" to                          \
    "Z\",\"kind\":\"time\",\"start\":\"2026-01-12T" from "Z\"}}],\"kind\":\"capture\"}"

static void documents_are_strict(void) {
    duebill_log account = opened(ACCOUNT);
    command_refused(account, COMMAND("c", ACCOUNT, ENTRY("10:00:00", "09:59:59")), DUEBILL_E_ENTRY_ENDS_BEFORE_START,
                    "entry-ends-before-start", "/action/entries/0");
    command_refused(account, COMMAND("c", ACCOUNT, "{\"entires\":[],\"kind\":\"capture\"}"), DUEBILL_E_UNKNOWN_FIELD,
                    "unknown-field", "/action/entires");
    command_refused(account, COMMAND("c", ACCOUNT, "{\"kind\":\"capture\",\"kind\":\"capture\"}"),
                    DUEBILL_E_DUPLICATE_KEY, "duplicate-key", "/action/kind");
    command_refused(account, COMMAND("c", ACCOUNT, "{\"kind\":\"capture\",\"\\u006bind\":\"bill\"}"),
                    DUEBILL_E_DUPLICATE_KEY, "duplicate-key", "/action/kind");
    command_refused(account, COMMAND("c", ACCOUNT, "[]"), DUEBILL_E_WRONG_TYPE, "wrong-type", "/action");
    command_refused(account, COMMAND("c\\u202e", ACCOUNT, "{\"kind\":\"capture\"}"), DUEBILL_E_ID_CHARACTER,
                    "id-character", "/id");
    CHECK(duebill_log_free(account) == DUEBILL_OK);
}

/* Every prefix of a command is an error in its syntax, and so is every prefix of a document of the host. */
static void cut_anywhere(void) {
    static const char whole[] = COMMAND("c1", ACCOUNT, ENTRY("09:00:00", "10:00:00"));
    duebill_log account = opened(ACCOUNT);
    duebill_result out = UNTOUCHED;
    duebill_error error;
    size_t length;
    for (length = 0; length < sizeof whole - 1; length++) {
        duebill_status status = duebill_log_decide(account, rulebook, whole, length, &out, &error);
        refused(status, &error, DUEBILL_E_SYNTAX, "syntax", "");
        status = duebill_document_parse(whole, length, &out, &error);
        refused(status, &error, DUEBILL_E_SYNTAX, "syntax", "");
    }
    CHECK(out == UNTOUCHED);
    CHECK(duebill_log_free(account) == DUEBILL_OK);
}

/* Puts `with` in place of the first `what` of a text. */
static char *replaced(const char *text, const char *what, const char *with) {
    const char *found = strstr(text, what);
    char *changed = (char *)malloc(strlen(text) + strlen(with) + 1);
    CHECK(found != NULL && changed != NULL);
    sprintf(changed, "%.*s%s%s", (int)(found - text), text, with, found + strlen(what));
    return changed;
}

/* Two equal rates, an unknown zone and a circle of parents: one refusal that lists all three. */
static void a_rulebook_lists_all_that_is_wrong(const char *golden) {
    char *first = replaced(golden, "\"rates\": [", "\"rates\": [{\"id\":\"again\",\"currency\":\"EUR\",\"value\":\"99\"},");
    char *second = replaced(first, "Europe/Berlin", "Mars/Base");
    char *third = replaced(second, "\"customer\": \"acme\",", "\"customer\": \"acme\", \"parent\": \"acme-berlin\",");
    char *shape = replaced(third, "\"currency\": \"EUR\", \"value\": \"100\"", "\"currency\": \"EUX\", \"valeu\": \"100\"");
    duebill_rulebook out = UNTOUCHED;
    duebill_error error;
    CHECK(duebill_rulebook_compile(third, strlen(third), &out, &error) >= 100);
    CHECK(error.findings == 4);
    CHECK(finds(error.details, "rates-equal", "/policy/rates/1") || finds(error.details, "rates-equal", "/policy/rates/0"));
    CHECK(finds(error.details, "zone-unknown", "/policy/calendars/0/zone"));
    CHECK(finds(error.details, "parent-circular", "/terms/0/parent"));
    CHECK(finds(error.details, "parent-circular", "/terms/1/parent"));
    CHECK(duebill_result_free(error.details) == DUEBILL_OK);
    /* What is wrong with the shape is listed whole before any rule is read. */
    CHECK(duebill_rulebook_compile(shape, strlen(shape), &out, &error) >= 100);
    CHECK(error.findings == 3);
    CHECK(finds(error.details, "currency-unknown", "/policy/rates/1/currency"));
    CHECK(finds(error.details, "unknown-field", "/policy/rates/1/valeu"));
    CHECK(finds(error.details, "missing-field", "/policy/rates/1"));
    CHECK(duebill_result_free(error.details) == DUEBILL_OK);
    CHECK(out == UNTOUCHED);
    free(first);
    free(second);
    free(third);
    free(shape);
}

/* The same id again is a repetition with the same content, and a conflict with any other. */
static void an_id_keeps_its_content(void) {
    static const char once[] = COMMAND("c1", ACCOUNT, ENTRY("09:00:00", "10:00:00"));
    char line[4096];
    duebill_log account = opened(ACCOUNT);
    duebill_result again = 0;
    duebill_view outcome;
    recorded(account, once, line, sizeof line);
    CHECK(duebill_log_decide(account, rulebook, TEXT(once), &again, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(again, TEXT("/outcome"), &outcome, NULL) == DUEBILL_OK);
    CHECK(outcome.text.length == 8 && memcmp(outcome.text.data, "repeated", 8) == 0);
    CHECK(duebill_result_free(again) == DUEBILL_OK);
    command_refused(account, COMMAND("c1", ACCOUNT, ENTRY("09:00:00", "10:00:01")), DUEBILL_E_COMMAND_CONFLICT,
                    "command-conflict", "");
    CHECK(duebill_log_free(account) == DUEBILL_OK);
}

enum { RECORDS = 4, ROOM = 4096 };

/* What verification says of lines: 0 if they are consistent, else the first broken sequence. */
static int64_t broken_at(const char *lines, duebill_result head, const char *name) {
    duebill_result verdict = 0;
    duebill_text saved = {NULL, 0};
    duebill_view view, sequence;
    if (head != 0) CHECK(duebill_result_data(head, &saved, NULL) == DUEBILL_OK);
    CHECK(duebill_verify(lines, strlen(lines), saved.data, saved.length, &verdict, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(verdict, TEXT("/verdict"), &view, NULL) == DUEBILL_OK);
    sequence.integer = 0;
    if (memcmp(view.text.data, "broken", 6) == 0) {
        CHECK(duebill_result_get(verdict, TEXT("/seq"), &sequence, NULL) == DUEBILL_OK);
        CHECK(duebill_result_get(verdict, TEXT("/finding/name"), &view, NULL) == DUEBILL_OK);
        CHECK(view.text.length == strlen(name) && memcmp(view.text.data, name, view.text.length) == 0);
    }
    CHECK(duebill_result_free(verdict) == DUEBILL_OK);
    return sequence.integer;
}

static const char *lines_of(char (*stored)[ROOM], const int *order, char *lines) {
    int at;
    lines[0] = '\0';
    for (at = 0; order[at] >= 0; at++) strcat(lines, stored[order[at]]);
    return lines;
}

static void damage_is_found_where_it_begins(void) {
    static const int whole[] = {0, 1, 2, 3, -1}, gap[] = {0, 2, 3, -1}, swapped[] = {0, 1, 3, 2, -1};
    static const int twice[] = {0, 0, 1, 2, 3, -1}, cut[] = {0, 1, 2, -1};
    static char stored[RECORDS][ROOM], lines[RECORDS * ROOM + ROOM];
    duebill_log account = opened(ACCOUNT), fresh = opened(ACCOUNT);
    duebill_result head;
    duebill_error error;
    duebill_status status;
    char *altered;
    int at;
    for (at = 0; at < RECORDS; at++) {
        char command[512];
        snprintf(command, sizeof command, COMMAND_FORMAT, at);
        recorded(account, command, stored[at], ROOM);
    }
    head = a_head(account);
    CHECK(broken_at(lines_of(stored, whole, lines), head, "") == 0);
    CHECK(broken_at(lines_of(stored, gap, lines), head, "sequence-gap") == 2);
    CHECK(broken_at(lines_of(stored, swapped, lines), head, "sequence-gap") == 3);
    CHECK(broken_at(lines_of(stored, twice, lines), 0, "sequence-gap") == 2);
    CHECK(broken_at(lines_of(stored, cut, lines), head, "log-truncated") == 4);
    CHECK(broken_at(lines_of(stored, cut, lines), 0, "") == 0);
    altered = replaced(stored[2], "clara", "klara");
    strcpy(lines, stored[0]);
    strcat(strcat(strcat(lines, stored[1]), altered), stored[3]);
    CHECK(broken_at(lines, head, "record-hash") == 3);
    /* Loading finds the same: a line is 64 digits, a blank, the record and a newline. */
    status = duebill_log_apply(fresh, stored[1] + 65, strlen(stored[1]) - 66, stored[1], 64, NULL, 0, &error);
    refused(status, &error, DUEBILL_E_SEQUENCE_GAP, "sequence-gap", "");
    status = duebill_log_apply(fresh, altered + 65, strlen(altered) - 66, altered, 64, NULL, 0, &error);
    refused(status, &error, DUEBILL_E_RECORD_HASH, "record-hash", "");
    free(altered);
    for (at = 0; at < RECORDS; at++)
        CHECK(duebill_log_apply(fresh, stored[at] + 65, strlen(stored[at]) - 66, stored[at], 64, NULL, 0, NULL) == DUEBILL_OK);
    CHECK(duebill_result_free(head) == DUEBILL_OK);
    CHECK(duebill_log_free(account) == DUEBILL_OK && duebill_log_free(fresh) == DUEBILL_OK);
}

static void a_record_of_a_later_library(const char *line) {
    duebill_log account = opened(ACCOUNT);
    duebill_error error;
    duebill_status status;
    status = duebill_log_apply(account, line + 65, strlen(line) - 65, line, 64, NULL, 0, &error);
    refused(status, &error, DUEBILL_E_RECORD_KIND, "record-kind", "/events/0/kind");
    CHECK(duebill_log_free(account) == DUEBILL_OK);
}

int main(int count, char **arguments) {
    char *golden, *future;
    size_t length;
    CHECK(count == 3);
    golden = read_all(arguments[1], &length);
    CHECK(duebill_rulebook_compile(golden, length, &rulebook, NULL) == DUEBILL_OK);
    future = read_all(arguments[2], &length);
    currencies_never_mix();
    numbers_are_plain_and_bounded();
    documents_are_strict();
    cut_anywhere();
    a_rulebook_lists_all_that_is_wrong(golden);
    an_id_keeps_its_content();
    damage_is_found_where_it_begins();
    a_record_of_a_later_library(future);
    CHECK(duebill_rulebook_free(rulebook) == DUEBILL_OK);
    free(golden);
    free(future);
    return 0;
}
