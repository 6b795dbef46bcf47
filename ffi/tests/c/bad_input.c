/* Everything that a caller can get wrong is answered by a code, and nothing is touched. */
#include "check.h"

#define UNTOUCHED UINT64_C(0x5a5a5a5a5a5a5a5a)

static duebill_rulebook rulebook;
static duebill_log account;
static duebill_log book;

static void the_library_is_the_headers(void) {
    CHECK(strcmp(duebill_version(), DUEBILL_VERSION) == 0);
    CHECK(duebill_abi_version() == DUEBILL_ABI_VERSION);
}

/* Calls everything that takes a handle with one that is not alive, in each place, and returns that they all refuse. */
static int all_refuse(uint64_t handle, duebill_status code) {
    uint64_t out = UNTOUCHED;
    duebill_text text = {NULL, 7};
    duebill_view view;
    uint64_t list[2];
    memset(&view, 0x5a, sizeof view);
    list[0] = account;
    list[1] = handle;
    CHECK(duebill_rulebook_add_terms(handle, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_log_decide(handle, rulebook, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_log_decide(account, handle, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_log_apply(handle, TEXT("{}"), TEXT(HASH), TEXT("{}"), NULL) == code);
    CHECK(duebill_log_head(handle, &out, NULL) == code);
    CHECK(duebill_log_recorded(handle, TEXT("c1"), &out, NULL) == code);
    CHECK(duebill_log_report(handle, rulebook, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_log_report(account, handle, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_rate(handle, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_match_receipts(handle, book, list, 1, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_match_receipts(rulebook, handle, list, 1, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_match_receipts(rulebook, book, list, 2, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_aging(handle, list, 1, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_summary(handle, list, 1, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_aging(rulebook, list, 2, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_summary(rulebook, list, 2, TEXT("{}"), &out, NULL) == code);
    CHECK(duebill_result_data(handle, &text, NULL) == code);
    CHECK(duebill_result_get(handle, TEXT(""), &view, NULL) == code);
    if (handle != 0) {
        CHECK(duebill_rulebook_free(handle) == code);
        CHECK(duebill_log_free(handle) == code);
        CHECK(duebill_result_free(handle) == code);
    }
    CHECK(out == UNTOUCHED && text.data == NULL && text.length == 7 && view.kind == 0x5a5a5a5a);
    return 1;
}

static void no_handle(void) {
    CHECK(all_refuse(0, DUEBILL_STALE_HANDLE));
    CHECK(duebill_rulebook_free(0) == DUEBILL_OK);
    CHECK(duebill_log_free(0) == DUEBILL_OK);
    CHECK(duebill_result_free(0) == DUEBILL_OK);
}

static void freed_twice(void) {
    duebill_rulebook old_rulebook = a_rulebook();
    duebill_log old_log = an_account();
    duebill_result old_result = a_head(account);
    CHECK(duebill_rulebook_free(old_rulebook) == DUEBILL_OK);
    CHECK(duebill_log_free(old_log) == DUEBILL_OK);
    CHECK(duebill_result_free(old_result) == DUEBILL_OK);
    CHECK(all_refuse(old_rulebook, DUEBILL_STALE_HANDLE));
    CHECK(all_refuse(old_log, DUEBILL_STALE_HANDLE));
    CHECK(all_refuse(old_result, DUEBILL_STALE_HANDLE));
    /* The slots are used again; the old handles still name nothing. */
    old_log = an_account();
    CHECK(all_refuse(old_rulebook, DUEBILL_STALE_HANDLE));
    CHECK(all_refuse(old_result, DUEBILL_STALE_HANDLE));
    CHECK(duebill_log_free(old_log) == DUEBILL_OK);
}

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static int is_live(uint64_t handle) {
    return handle == rulebook || handle == account || handle == book;
}

static void forged(void) {
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
    int turn, bit, other;
    CHECK(all_refuse(UINT64_C(0xdeadbeef), DUEBILL_STALE_HANDLE));
    CHECK(all_refuse(UINT64_MAX, DUEBILL_STALE_HANDLE));
    for (turn = 0; turn < 5000; turn++) {
        uint64_t handle = next_random(&state);
        CHECK(all_refuse(handle, DUEBILL_STALE_HANDLE));
        /* Near misses: a type tag that exists, a low slot, a low generation. */
        handle = (handle % 5) << 56 | (handle >> 8) % 8 << 32 | (handle >> 16) % 8;
        CHECK(is_live(handle) || all_refuse(handle, DUEBILL_STALE_HANDLE));
    }
    for (bit = 0; bit < 64; bit++) {
        uint64_t handle = account ^ UINT64_C(1) << bit;
        CHECK(is_live(handle) || all_refuse(handle, DUEBILL_STALE_HANDLE));
        for (other = 0; other < bit; other++) {
            uint64_t twice = handle ^ UINT64_C(1) << other;
            CHECK(is_live(twice) || all_refuse(twice, DUEBILL_STALE_HANDLE));
        }
    }
}

static void of_another_type(void) {
    uint64_t out = UNTOUCHED;
    duebill_view view;
    duebill_error error;
    duebill_result result = a_head(account);
    CHECK(duebill_rate(account, TEXT("{}"), &out, &error) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(error.code == DUEBILL_WRONG_HANDLE_TYPE && error.details == 0 && error.findings == 0);
    CHECK(strcmp(error.name, "wrong-handle-type") == 0);
    CHECK(strcmp(error.message, "a rulebook handle was expected, a log handle came") == 0);
    CHECK(duebill_rate(result, TEXT("{}"), &out, NULL) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(duebill_log_head(rulebook, &out, NULL) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(duebill_log_head(result, &out, NULL) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(duebill_aging(rulebook, &rulebook, 1, TEXT("{}"), &out, NULL) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(duebill_summary(rulebook, &rulebook, 1, TEXT("{}"), &out, NULL) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(duebill_result_get(account, TEXT(""), &view, NULL) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(duebill_result_free(account) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(duebill_log_free(rulebook) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(duebill_rulebook_free(result) == DUEBILL_WRONG_HANDLE_TYPE);
    CHECK(out == UNTOUCHED);
    CHECK(duebill_result_free(result) == DUEBILL_OK);
}

static void null_pointers(void) {
    uint64_t out = UNTOUCHED;
    duebill_error error;
    const duebill_status null = DUEBILL_NULL_ARGUMENT;
    duebill_view view;
    CHECK(duebill_rulebook_compile(TEXT(RULEBOOK), NULL, &error) == null);
    CHECK(error.code == null && strcmp(error.message, "rulebook: a pointer was expected, NULL came") == 0);
    CHECK(duebill_rulebook_compile(NULL, 0, &out, NULL) == null);
    CHECK(duebill_rulebook_compile(NULL, 10, &out, NULL) == null);
    CHECK(duebill_rulebook_add_terms(rulebook, TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_rulebook_add_terms(rulebook, NULL, 2, &out, NULL) == null);
    CHECK(duebill_log_open(TEXT(ACCOUNT), NULL, NULL) == null);
    CHECK(duebill_log_open(NULL, 2, &out, NULL) == null);
    CHECK(duebill_log_decide(account, rulebook, TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_log_decide(account, rulebook, NULL, 2, &out, NULL) == null);
    CHECK(duebill_log_apply(account, NULL, 2, TEXT(HASH), NULL, 0, NULL) == null);
    CHECK(duebill_log_apply(account, TEXT("{}"), NULL, 64, NULL, 0, NULL) == null);
    CHECK(duebill_log_apply(account, TEXT("{}"), TEXT(HASH), NULL, 2, NULL) == null);
    CHECK(duebill_log_head(account, NULL, NULL) == null);
    CHECK(duebill_log_recorded(account, TEXT("c1"), NULL, NULL) == null);
    CHECK(duebill_log_recorded(account, NULL, 2, &out, NULL) == null);
    CHECK(duebill_log_report(account, rulebook, TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_log_report(account, rulebook, NULL, 0, &out, NULL) == null);
    CHECK(duebill_rate(rulebook, TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_rate(rulebook, NULL, 0, &out, NULL) == null);
    CHECK(duebill_match_receipts(rulebook, book, &account, 1, TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_match_receipts(rulebook, book, NULL, 1, TEXT("{}"), &out, NULL) == null);
    CHECK(duebill_match_receipts(rulebook, book, &account, 1, NULL, 0, &out, NULL) == null);
    CHECK(duebill_aging(rulebook, &account, 1, TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_summary(rulebook, &account, 1, TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_aging(rulebook, NULL, 1, TEXT("{}"), &out, NULL) == null);
    CHECK(duebill_summary(rulebook, NULL, 1, TEXT("{}"), &out, NULL) == null);
    CHECK(duebill_aging(rulebook, &account, 1, NULL, 0, &out, NULL) == null);
    CHECK(duebill_summary(rulebook, &account, 1, NULL, 0, &out, NULL) == null);
    CHECK(duebill_verify(TEXT(""), NULL, 0, NULL, NULL) == null);
    CHECK(duebill_verify(NULL, 0, NULL, 0, &out, NULL) == null);
    CHECK(duebill_rows(TEXT(""), NULL, NULL) == null);
    CHECK(duebill_rows(NULL, 0, &out, NULL) == null);
    CHECK(duebill_reconcile(rulebook, &account, 1, NULL, 0, &out, NULL) == null);
    CHECK(duebill_close_run(rulebook, NULL, 1, TEXT("{}"), &out, NULL) == null);
    CHECK(duebill_shadow_run(rulebook, &account, 1, TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_verify(TEXT(""), NULL, 2, &out, NULL) == null);
    CHECK(duebill_calculate(TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_calculate(NULL, 0, &out, NULL) == null);
    CHECK(duebill_document_parse(TEXT("{}"), NULL, NULL) == null);
    CHECK(duebill_document_parse(NULL, 2, &out, NULL) == null);
    CHECK(duebill_round_seconds(1, 900, DUEBILL_SECONDS_UP, 0, 0, DUEBILL_NONE, NULL, NULL) == null);
    CHECK(duebill_line_amount(1, 0, 1, 0, DUEBILL_PER_UNIT, DUEBILL_FACTOR_ONE, "EUR", DUEBILL_ROUND_UP, NULL, NULL) == null);
    CHECK(duebill_line_amount(1, 0, 1, 0, DUEBILL_PER_UNIT, DUEBILL_FACTOR_ONE, NULL, DUEBILL_ROUND_UP, (int64_t *)&out,
                              NULL) == null);
    CHECK(duebill_bucket(1, NULL, 3, (uint32_t *)&out, NULL) == null);
    CHECK(duebill_due_date(0, 30, DUEBILL_NONE, NULL, NULL) == null);
    CHECK(duebill_currency_digits(NULL, (uint32_t *)&out, NULL) == null);
    CHECK(duebill_schema(TEXT(""), NULL, NULL) == null);
    CHECK(duebill_schema(NULL, 0, &out, NULL) == null);
    CHECK(duebill_result_data(0, NULL, NULL) == null);
    CHECK(duebill_result_get(0, TEXT(""), NULL, NULL) == null);
    CHECK(duebill_result_get(0, NULL, 0, &view, NULL) == null);
    CHECK(out == UNTOUCHED);
}

static void not_utf8(void) {
    uint64_t out = UNTOUCHED;
    duebill_error error;
    CHECK(duebill_calculate("\xff\xfe\x41", 3, &out, &error) == DUEBILL_INVALID_UTF8);
    CHECK(error.offset == 0 && strcmp(error.name, "invalid-utf8") == 0);
    CHECK(duebill_calculate("{\"a\":\"\xe2\x82", 8, &out, &error) == DUEBILL_INVALID_UTF8);
    CHECK(error.offset == 6 && strcmp(error.message, "request: not UTF-8 at byte 6") == 0);
    /* A surrogate and an overlong slash are not UTF-8 either. */
    CHECK(duebill_calculate("\xed\xa0\x80", 3, &out, NULL) == DUEBILL_INVALID_UTF8);
    CHECK(duebill_log_recorded(account, "c\xc0\xaf", 3, &out, &error) == DUEBILL_INVALID_UTF8);
    CHECK(error.offset == 1);
    CHECK(duebill_log_apply(account, TEXT("{}"), "\x80", 1, NULL, 0, NULL) == DUEBILL_INVALID_UTF8);
    CHECK(duebill_verify("\x80", 1, NULL, 0, &out, NULL) == DUEBILL_INVALID_UTF8);
    CHECK(out == UNTOUCHED);
}

static void control_characters(void) {
    uint64_t out = UNTOUCHED;
    duebill_error error;
    CHECK(duebill_log_recorded(account, "inv\0oice", 8, &out, &error) == DUEBILL_CONTROL_CHARACTER);
    CHECK(strcmp(error.message, "command_id: a control character at byte 3") == 0);
    CHECK(duebill_schema("rulebook\n", 9, &out, NULL) == DUEBILL_CONTROL_CHARACTER);
    CHECK(duebill_log_open(TEXT("{\"id\":\"a\0b\",\"kind\":\"account\",\"seller\":\"s1\"}"), &out, NULL) >= 100);
    CHECK(out == UNTOUCHED);
}

static void without_terminator(void) {
    /* Exactly as long as said: a read of one byte more is one that valgrind and the sanitizer see. */
    size_t length = strlen(ACCOUNT);
    char *exact = (char *)malloc(length);
    duebill_log log = 0;
    CHECK(exact != NULL);
    memcpy(exact, ACCOUNT, length);
    CHECK(duebill_log_open(exact, length, &log, NULL) == DUEBILL_OK);
    free(exact);
    CHECK(duebill_log_free(log) == DUEBILL_OK);
}

static void too_long(void) {
    uint64_t out = UNTOUCHED;
    const duebill_status limit = DUEBILL_LENGTH_LIMIT;
    const size_t lengths[] = {SIZE_MAX, SIZE_MAX / 2, SIZE_MAX / 2 + 1, (size_t)DUEBILL_MAX_DOCUMENT + 1};
    const size_t counts[] = {SIZE_MAX, SIZE_MAX / 8, SIZE_MAX / 8 + 1, (size_t)DUEBILL_MAX_LIST + 1};
    size_t turn;
    for (turn = 0; turn < 4; turn++) {
        size_t length = lengths[turn], count = counts[turn];
        CHECK(duebill_rulebook_compile("{}", length, &out, NULL) == limit);
        CHECK(duebill_rulebook_add_terms(rulebook, "{}", length, &out, NULL) == limit);
        CHECK(duebill_log_open("{}", length, &out, NULL) == limit);
        CHECK(duebill_log_decide(account, rulebook, "{}", length, &out, NULL) == limit);
        CHECK(duebill_log_apply(account, "{}", length, TEXT(HASH), NULL, 0, NULL) == limit);
        CHECK(duebill_log_apply(account, TEXT("{}"), HASH, length, NULL, 0, NULL) == limit);
        CHECK(duebill_log_apply(account, TEXT("{}"), TEXT(HASH), "{}", length, NULL) == limit);
        CHECK(duebill_log_recorded(account, "c1", length, &out, NULL) == limit);
        CHECK(duebill_calculate("{}", length, &out, NULL) == limit);
        CHECK(duebill_document_parse("{}", length, &out, NULL) == limit);
        CHECK(duebill_bucket(1, (const uint32_t *)(const void *)&out, count, (uint32_t *)&out, NULL) == limit);
        CHECK(duebill_schema("x", length, &out, NULL) == limit);
        CHECK(duebill_verify(TEXT(""), "{}", length, &out, NULL) == limit);
        CHECK(duebill_aging(rulebook, &account, count, TEXT("{}"), &out, NULL) == limit);
        CHECK(duebill_summary(rulebook, &account, count, TEXT("{}"), &out, NULL) == limit);
        CHECK(duebill_match_receipts(rulebook, book, &account, count, TEXT("{}"), &out, NULL) == limit);
    }
    CHECK(duebill_verify("", (size_t)DUEBILL_MAX_STORED + 1, NULL, 0, &out, NULL) == limit);
    CHECK(out == UNTOUCHED);
}

static void misaligned(void) {
    union {
        uint64_t words[160];
        unsigned char bytes[1280];
    } room;
    const duebill_status code = DUEBILL_MISALIGNED_POINTER;
    uint64_t out = UNTOUCHED;
    size_t at;
    memset(&room, 0x5a, sizeof room);
    for (at = 1; at < 8; at++) {
        void *odd = room.bytes + at;
        CHECK(duebill_rulebook_compile(TEXT(RULEBOOK), (duebill_rulebook *)odd, NULL) == code);
        CHECK(duebill_log_open(TEXT(ACCOUNT), (duebill_log *)odd, NULL) == code);
        CHECK(duebill_log_head(account, (duebill_result *)odd, NULL) == code);
        CHECK(duebill_log_recorded(account, TEXT("c1"), (uint64_t *)odd, NULL) == code);
        CHECK(duebill_aging(rulebook, (const duebill_log *)odd, 1, TEXT("{}"), &out, NULL) == code);
        CHECK(duebill_summary(rulebook, (const duebill_log *)odd, 1, TEXT("{}"), &out, NULL) == code);
        CHECK(at % 4 == 0 || duebill_bucket(1, (const uint32_t *)odd, 1, (uint32_t *)&out, NULL) == code);
        CHECK(at % 4 == 0 || duebill_due_date(0, 30, DUEBILL_NONE, (int32_t *)odd, NULL) == code);
        CHECK(duebill_result_data(0, (duebill_text *)odd, NULL) == code);
        CHECK(duebill_result_get(0, TEXT(""), (duebill_view *)odd, NULL) == code);
        CHECK(duebill_log_open(TEXT(ACCOUNT), &out, (duebill_error *)odd) == code);
    }
    for (at = 0; at < sizeof room.bytes; at++) CHECK(room.bytes[at] == 0x5a);
    CHECK(out == UNTOUCHED);
}

static void broken_documents(void) {
    static const char whole[] = RULEBOOK;
    uint64_t out = UNTOUCHED;
    size_t length;
    duebill_view view;
    duebill_error error;
    for (length = 0; length < sizeof whole - 1; length++) {
        duebill_status status = duebill_rulebook_compile(whole, length, &out, &error);
        CHECK(status >= 100 && error.code == status && error.findings >= 1);
        CHECK(strlen(error.name) > 0 && strlen(error.message) > 0);
        CHECK(duebill_result_get(error.details, TEXT("/code"), &view, NULL) == DUEBILL_OK);
        CHECK(view.kind == DUEBILL_KIND_INTEGER && view.integer == (int64_t)status);
        CHECK(duebill_result_get(error.details, TEXT("/name"), &view, NULL) == DUEBILL_OK);
        CHECK(view.text.length == strlen(error.name) && memcmp(view.text.data, error.name, view.text.length) == 0);
        CHECK(duebill_result_get(error.details, TEXT("/findings"), &view, NULL) == DUEBILL_OK);
        CHECK(view.kind == DUEBILL_KIND_ARRAY && view.count == error.findings);
        CHECK(duebill_result_free(error.details) == DUEBILL_OK);
    }
    CHECK(out == UNTOUCHED);
}

static void a_refusal_changes_nothing(void) {
    duebill_result before = a_head(account), after;
    duebill_text first, second;
    CHECK(duebill_log_apply(account, TEXT("{\"torn\":"), TEXT(HASH), NULL, 0, NULL) >= 100);
    CHECK(duebill_log_apply(account, TEXT("{}"), TEXT("00"), NULL, 0, NULL) >= 100);
    after = a_head(account);
    CHECK(duebill_result_data(before, &first, NULL) == DUEBILL_OK);
    CHECK(duebill_result_data(after, &second, NULL) == DUEBILL_OK);
    CHECK(first.length == second.length && memcmp(first.data, second.data, first.length) == 0);
    CHECK(duebill_result_free(before) == DUEBILL_OK);
    CHECK(duebill_result_free(after) == DUEBILL_OK);
}

static void output_over_the_input(void) {
    union {
        uint64_t words[16];
        char text[128];
    } room;
    memset(&room, 0, sizeof room);
    memcpy(room.text, TEXT(ACCOUNT));
    CHECK(duebill_log_open(room.text, strlen(ACCOUNT), &room.words[1], NULL) == DUEBILL_OK);
    CHECK(duebill_log_free(room.words[1]) == DUEBILL_OK);
}

static void values_of_a_result(void) {
    duebill_view view;
    duebill_text whole;
    duebill_error error;
    duebill_result head = a_head(account);
    CHECK(duebill_result_data(head, &whole, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(head, TEXT(""), &view, NULL) == DUEBILL_OK);
    CHECK(view.kind == DUEBILL_KIND_OBJECT && view.raw.data == whole.data && view.raw.length == whole.length);
    CHECK(duebill_result_get(head, TEXT("/seq"), &view, NULL) == DUEBILL_OK);
    CHECK(view.kind == DUEBILL_KIND_INTEGER);
    CHECK(duebill_result_get(head, TEXT("/hash"), &view, NULL) == DUEBILL_OK);
    CHECK(view.kind == DUEBILL_KIND_STRING && view.raw.length == view.text.length + 2);
    memset(&view, 0x5a, sizeof view);
    CHECK(duebill_result_get(head, TEXT("/nothing"), &view, &error) == DUEBILL_NOT_FOUND);
    CHECK(strcmp(error.name, "not-found") == 0 && strcmp(error.message, "pointer: nothing stands at \"/nothing\"") == 0);
    CHECK(duebill_result_get(head, TEXT("seq"), &view, NULL) == DUEBILL_INVALID_POINTER);
    CHECK(duebill_result_get(head, TEXT("/a~"), &view, NULL) == DUEBILL_INVALID_POINTER);
    CHECK(duebill_result_get(head, "/\xff", 2, &view, NULL) == DUEBILL_INVALID_UTF8);
    CHECK(view.kind == 0x5a5a5a5a);
    CHECK(duebill_result_free(head) == DUEBILL_OK);
}

/* Numbers that name nothing, and limits of the calls by value. */
static void by_value(void) {
    uint64_t seconds = UNTOUCHED;
    int64_t minor = 7;
    uint32_t number = 7;
    int32_t due = 7;
    const uint32_t descending[] = {60, 30};
    duebill_error error;
    const duebill_status unknown = DUEBILL_UNKNOWN_CONSTANT;
    CHECK(duebill_round_seconds(1, 900, 5, 0, 0, DUEBILL_NONE, &seconds, &error) == unknown);
    CHECK(strcmp(error.name, "unknown-constant") == 0);
    CHECK(strcmp(error.message, "mode: one of DUEBILL_SECONDS_* was expected, 5 came") == 0);
    CHECK(duebill_line_amount(1, 0, 1, 0, 2, DUEBILL_FACTOR_ONE, "EUR", 0, &minor, NULL) == unknown);
    CHECK(duebill_line_amount(1, 0, 1, 0, 0, DUEBILL_FACTOR_ONE, "EUR", UINT32_MAX, &minor, NULL) == unknown);
    CHECK(duebill_line_amount(1, 9, 1, 0, 0, DUEBILL_FACTOR_ONE, "EUR", 0, &minor, NULL) == DUEBILL_E_PRECISION);
    CHECK(duebill_line_amount(1, 255, 1, 0, 0, DUEBILL_FACTOR_ONE, "EUR", 0, &minor, NULL) == DUEBILL_E_PRECISION);
    CHECK(duebill_line_amount(INT64_MIN, 0, 1, 0, 0, DUEBILL_FACTOR_ONE, "EUR", 0, &minor, NULL) == DUEBILL_E_NUMBER_RANGE);
    CHECK(duebill_line_amount(1, 0, 1, 0, 0, DUEBILL_FACTOR_ONE, "eur", 0, &minor, NULL) == DUEBILL_E_CURRENCY_UNKNOWN);
    CHECK(duebill_line_amount(1, 0, 1, 0, 0, DUEBILL_FACTOR_ONE, "E\xff" "R", 0, &minor, NULL) == DUEBILL_INVALID_UTF8);
    CHECK(duebill_round_seconds(1, 0, DUEBILL_SECONDS_UP, 0, 0, DUEBILL_NONE, &seconds, NULL) == DUEBILL_E_ROUNDING_INCREMENT);
    CHECK(duebill_round_seconds(1, 900, DUEBILL_SECONDS_UP, 0, 60, 59, &seconds, NULL) == DUEBILL_E_ROUNDING_LIMITS);
    CHECK(duebill_bucket(1, descending, 2, &number, NULL) == DUEBILL_E_AGING_LIMITS);
    CHECK(duebill_bucket(1, NULL, 0, &number, NULL) == DUEBILL_E_AGING_LIMITS);
    CHECK(duebill_due_date(INT32_MAX, 0, DUEBILL_NONE, &due, NULL) == DUEBILL_E_DATE_RANGE);
    CHECK(duebill_due_date(0, 3651, DUEBILL_NONE, &due, NULL) == DUEBILL_E_TERMS_DAYS);
    CHECK(duebill_due_date(0, 0, 3651, &due, NULL) == DUEBILL_E_TERMS_DAYS);
    CHECK(duebill_currency_digits("XXX", &number, NULL) == DUEBILL_E_CURRENCY_UNKNOWN);
    CHECK(seconds == UNTOUCHED && minor == 7 && number == 7 && due == 7);
    CHECK(duebill_round_seconds(UINT64_MAX, 86400, DUEBILL_SECONDS_UP, 0, 0, DUEBILL_NONE, &seconds, NULL) == DUEBILL_OK);
    CHECK(duebill_line_amount(7990, 2, 3, 0, DUEBILL_PER_UNIT, DUEBILL_FACTOR_ONE, "EUR", DUEBILL_ROUND_HALF_UP, &minor,
                              NULL) == DUEBILL_OK);
    CHECK(minor == 23970);
}

/* A document of the host is read under the core's limits, and shown byte for byte. */
static void documents_of_the_host(void) {
    static const char own[] = " {\"b\" : [1.5, \"\\u00e9\"],\n \"a\":true} ";
    duebill_result parsed = UNTOUCHED;
    duebill_view view;
    duebill_text whole;
    char deep[64];
    CHECK(duebill_document_parse(TEXT("{\"a\":1,\"a\":2}"), &parsed, NULL) == DUEBILL_E_DUPLICATE_KEY);
    CHECK(duebill_document_parse(TEXT("{} {}"), &parsed, NULL) == DUEBILL_E_SYNTAX);
    CHECK(duebill_document_parse(TEXT("\"\\u0000\""), &parsed, NULL) == DUEBILL_E_CONTROL_CHARACTER);
    memset(deep, '[', sizeof deep);
    CHECK(duebill_document_parse(deep, sizeof deep, &parsed, NULL) == DUEBILL_E_DEPTH_LIMIT);
    CHECK(parsed == UNTOUCHED);
    CHECK(duebill_document_parse(TEXT(own), &parsed, NULL) == DUEBILL_OK);
    CHECK(duebill_result_data(parsed, &whole, NULL) == DUEBILL_OK);
    CHECK(whole.length == sizeof own - 1 && memcmp(whole.data, own, whole.length) == 0);
    CHECK(duebill_result_get(parsed, TEXT("/b/1"), &view, NULL) == DUEBILL_OK);
    CHECK(view.kind == DUEBILL_KIND_STRING && view.text.length == 2 && memcmp(view.text.data, "\xc3\xa9", 2) == 0);
    CHECK(duebill_result_get(parsed, TEXT("/b/0"), &view, NULL) == DUEBILL_OK);
    CHECK(view.kind == DUEBILL_KIND_NUMBER && view.raw.length == 3);
    CHECK(duebill_result_get(parsed, TEXT("/a"), &view, NULL) == DUEBILL_OK);
    CHECK(view.kind == DUEBILL_KIND_BOOLEAN && view.integer == 1);
    CHECK(duebill_result_free(parsed) == DUEBILL_OK);
}

static void schemas_by_name(void) {
    duebill_result names = 0, schema = 0;
    duebill_view name, view;
    CHECK(duebill_schema(TEXT(""), &names, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(names, TEXT("/0"), &name, NULL) == DUEBILL_OK);
    CHECK(duebill_schema(name.text.data, name.text.length, &schema, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(schema, TEXT(""), &view, NULL) == DUEBILL_OK);
    CHECK(view.kind == DUEBILL_KIND_OBJECT);
    CHECK(duebill_result_free(schema) == DUEBILL_OK);
    CHECK(duebill_schema(TEXT("no such schema"), &schema, NULL) == DUEBILL_NOT_FOUND);
    CHECK(duebill_result_free(names) == DUEBILL_OK);
}

static void a_long_error_is_cut_and_whole_in_its_details(void) {
    char pointer[2000];
    duebill_error error;
    duebill_view view;
    duebill_result head = a_head(account);
    memset(pointer, 'x', sizeof pointer);
    pointer[0] = '/';
    memset(&error, 0x5a, sizeof error);
    CHECK(duebill_result_get(head, pointer, sizeof pointer, &view, &error) == DUEBILL_NOT_FOUND);
    CHECK(strlen(error.message) == sizeof error.message - 1 && error.pointer[0] == '\0');
    CHECK(duebill_result_free(head) == DUEBILL_OK);
}

static void the_happy_path(void) {
    uint64_t sequence = UNTOUCHED;
    duebill_log log = an_account();
    CHECK(duebill_log_recorded(log, TEXT("c1"), &sequence, NULL) == DUEBILL_NOT_FOUND);
    CHECK(sequence == UNTOUCHED);
    record_one(log, rulebook, 1);
    CHECK(duebill_log_recorded(log, TEXT("c1"), &sequence, NULL) == DUEBILL_OK);
    CHECK(sequence != UNTOUCHED);
    CHECK(duebill_log_free(log) == DUEBILL_OK);
}

int main(void) {
    the_library_is_the_headers();
    rulebook = a_rulebook();
    account = an_account();
    CHECK(duebill_log_open(TEXT(CASH_BOOK), &book, NULL) == DUEBILL_OK);
    no_handle();
    freed_twice();
    forged();
    of_another_type();
    null_pointers();
    not_utf8();
    control_characters();
    without_terminator();
    too_long();
    misaligned();
    broken_documents();
    a_refusal_changes_nothing();
    output_over_the_input();
    values_of_a_result();
    by_value();
    documents_of_the_host();
    schemas_by_name();
    a_long_error_is_cut_and_whole_in_its_details();
    the_happy_path();
    CHECK(duebill_log_free(book) == DUEBILL_OK);
    CHECK(duebill_log_free(account) == DUEBILL_OK);
    CHECK(duebill_rulebook_free(rulebook) == DUEBILL_OK);
    return 0;
}
