/* The inputs of a case as plain numbers, for the calls that take them: the second lane of the same calculation. */
#ifndef DUEBILL_TEST_BY_VALUE_H
#define DUEBILL_TEST_BY_VALUE_H

#include "check.h"

/* What the lane by value says of a case. */
typedef struct {
    int reached; /* 0: the calculation has no call by value, or the input none of its types */
    duebill_status status;
    int64_t value;
    duebill_error error;
} by_value;

static int look(duebill_result document, const char *prefix, const char *name, duebill_view *found) {
    char pointer[200];
    snprintf(pointer, sizeof pointer, "%s%s", prefix, name);
    return duebill_result_get(document, pointer, strlen(pointer), found, NULL) == DUEBILL_OK;
}

static int is_word(const duebill_view *view, const char *word) {
    return view->text.length == strlen(word) && memcmp(view->text.data, word, view->text.length) == 0;
}

/* A number of the case, or what its absence means. */
static uint32_t number_or(duebill_result document, const char *prefix, const char *name, uint32_t otherwise) {
    duebill_view view;
    return look(document, prefix, name, &view) ? (uint32_t)view.integer : otherwise;
}

/* The place of a word in a list that has the order of the constants, or of the first if it is absent. */
static uint32_t constant(duebill_result document, const char *prefix, const char *name, const char *const *words) {
    duebill_view view;
    uint32_t at = 0;
    if (!look(document, prefix, name, &view)) return 0;
    while (words[at] != NULL && !is_word(&view, words[at])) at++;
    return at;
}

/* A plain decimal as coefficient and scale; 0 if it is none, or longer than the integer. */
static int decimal(duebill_result document, const char *prefix, const char *name, int64_t *coefficient, uint8_t *scale) {
    duebill_view view;
    size_t at = 0;
    int negative, point = 0;
    if (!look(document, prefix, name, &view) || view.text.length == 0 || view.text.length > 18) return 0;
    negative = view.text.data[0] == '-';
    *coefficient = 0;
    *scale = 0;
    for (at = (size_t)negative; at < view.text.length; at++) {
        char c = view.text.data[at];
        if (c == '.' && !point) {
            point = 1;
            continue;
        }
        if (c < '0' || c > '9') return 0;
        *coefficient = *coefficient * 10 + (c - '0');
        *scale = (uint8_t)(*scale + point);
    }
    if (negative) *coefficient = -*coefficient;
    return 1;
}

/* Days since 1970-01-01 of a date that is one. */
static int days_of(duebill_result document, const char *prefix, const char *name, int32_t *days) {
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    duebill_view view;
    char text[11] = {0};
    int year, month, day, leap, past;
    if (!look(document, prefix, name, &view) || view.text.length != 10) return 0;
    memcpy(text, view.text.data, 10);
    if (sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 || month > 12) return 0;
    leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day < 1 || day > before[month] - before[month - 1] + (leap && month == 2)) return 0;
    past = year - 1;
    *days = (int32_t)(past * 365 + past / 4 - past / 100 + past / 400 + before[month - 1] + (leap && month > 2) + day - 1 - 719162);
    return 1;
}

static int currency_of(duebill_result document, const char *prefix, const char *name, char *code) {
    duebill_view view;
    if (!look(document, prefix, name, &view) || view.text.length != 3) return 0;
    memcpy(code, view.text.data, 3);
    return 1;
}

static void line_amount(duebill_result document, const char *in, by_value *answer) {
    static const char *const roundings[] = {"half_up", "half_even", "up", "down", "ceiling", "floor", NULL};
    static const char *const per[] = {"unit", "hour", NULL};
    char code[3];
    int64_t price, quantity;
    uint8_t price_scale, quantity_scale;
    duebill_view digits;
    answer->reached = !look(document, in, "/digits", &digits) &&
                      currency_of(document, in, "/currency", code) &&
                      decimal(document, in, "/price", &price, &price_scale) &&
                      decimal(document, in, "/quantity", &quantity, &quantity_scale);
    if (!answer->reached) return;
    answer->status = duebill_line_amount(price, price_scale, quantity, quantity_scale, constant(document, in, "/per", per),
                                         number_or(document, in, "/factor", DUEBILL_FACTOR_ONE), code,
                                         constant(document, in, "/rounding", roundings), &answer->value, &answer->error);
}

static void time_round(duebill_result document, const char *in, by_value *answer) {
    static const char *const modes[] = {"up", "down", "nearest", "nearest_half_even", "none", NULL};
    duebill_view seconds, each;
    uint64_t sum = 0, billed = 0;
    char name[40];
    size_t at;
    if (!look(document, in, "/seconds", &seconds)) return;
    for (at = 0; at < seconds.count; at++) {
        snprintf(name, sizeof name, "/seconds/%u", (unsigned)at);
        if (!look(document, in, name, &each)) return;
        sum += (uint64_t)each.integer;
    }
    answer->reached = 1;
    answer->status = duebill_round_seconds(sum, number_or(document, in, "/rounding/increment_seconds", 900),
                                           constant(document, in, "/rounding/mode", modes),
                                           number_or(document, in, "/rounding/grace_seconds", 0),
                                           number_or(document, in, "/rounding/minimum_seconds", 0),
                                           number_or(document, in, "/rounding/maximum_seconds", DUEBILL_NONE), &billed,
                                           &answer->error);
    answer->value = (int64_t)billed;
}

static void aging_bucket(duebill_result document, const char *in, by_value *answer) {
    uint32_t limits[16] = {30, 60, 90}, number = 0;
    int32_t from, to;
    duebill_view list, each;
    size_t count = 3, at;
    char name[40];
    if (!days_of(document, in, "/date", &from) || !days_of(document, in, "/as_of", &to)) return;
    if (look(document, in, "/day_zero_in_first", &each)) return;
    if (look(document, in, "/limits", &list)) {
        if (list.count > 16) return;
        count = list.count;
        for (at = 0; at < count; at++) {
            snprintf(name, sizeof name, "/limits/%u", (unsigned)at);
            if (look(document, in, name, &each)) limits[at] = (uint32_t)each.integer;
        }
    }
    answer->reached = 1;
    answer->status = duebill_bucket((int64_t)to - from, limits, count, &number, &answer->error);
    answer->value = number;
}

static void due_date(duebill_result document, const char *in, by_value *answer) {
    duebill_view on_day;
    int32_t issued, due = 0;
    if (!days_of(document, in, "/issued", &issued)) return;
    /* Days of the month that terms look for have no argument; weeks are seven days each. */
    if (look(document, in, "/terms/on_day", &on_day)) return;
    answer->reached = 1;
    answer->status = duebill_due_date(issued,
                                      number_or(document, in, "/terms/days", 0) +
                                          7 * number_or(document, in, "/terms/weeks", 0),
                                      number_or(document, in, "/terms/end_of_month", DUEBILL_NONE), &due, &answer->error);
    answer->value = due;
}

static void currency_digits(duebill_result document, const char *in, by_value *answer) {
    char code[3];
    uint32_t digits = 0;
    if (!currency_of(document, in, "/code", code)) return;
    answer->reached = 1;
    answer->status = duebill_currency_digits(code, &digits, &answer->error);
    answer->value = digits;
}

/* What the expected document says as the number that the call by value gives. */
static int64_t expected_value(duebill_result document, const char *out, const duebill_view *kind) {
    duebill_view view;
    int64_t value = 0;
    uint8_t scale;
    int32_t days = 0;
    if (is_word(kind, "line_amount") && decimal(document, out, "/amount", &value, &scale)) return value;
    if (is_word(kind, "due_date") && days_of(document, out, "/due", &days)) return days;
    if (is_word(kind, "time_round") && look(document, out, "/billed", &view)) return view.integer;
    if (is_word(kind, "currency_minor_units") && look(document, out, "/exponent", &view)) return view.integer;
    return -1;
}

static void call_by_value(duebill_result document, const char *in, const duebill_view *kind, by_value *answer) {
    memset(answer, 0, sizeof *answer);
    if (is_word(kind, "line_amount")) line_amount(document, in, answer);
    if (is_word(kind, "time_round")) time_round(document, in, answer);
    if (is_word(kind, "aging_bucket")) aging_bucket(document, in, answer);
    if (is_word(kind, "due_date")) due_date(document, in, answer);
    if (is_word(kind, "currency_minor_units")) currency_digits(document, in, answer);
}

/* The name of a bucket by its number: `not_due`, `1-30`, ..., `over_90`. */
static void bucket_name(duebill_result document, const char *in, int64_t number, char *name, size_t room) {
    uint32_t limits[16] = {30, 60, 90};
    duebill_view list, each;
    size_t count = 3, at;
    char pointer[40];
    if (look(document, in, "/limits", &list)) {
        count = list.count;
        for (at = 0; at < count && at < 16; at++) {
            snprintf(pointer, sizeof pointer, "/limits/%u", (unsigned)at);
            if (look(document, in, pointer, &each)) limits[at] = (uint32_t)each.integer;
        }
    }
    at = (size_t)number;
    if (at == 0) snprintf(name, room, "not_due");
    else if (at > count) snprintf(name, room, "over_%u", (unsigned)limits[count - 1]);
    else snprintf(name, room, "%u-%u", at == 1 ? 1u : (unsigned)limits[at - 2] + 1, (unsigned)limits[at - 1]);
}

#endif
