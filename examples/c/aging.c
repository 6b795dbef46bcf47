/*
 * The aging of receivables as a host in C11: who owed what at a date, and for how long.
 *
 *   cc -std=c11 examples/c/aging.c $(pkg-config --cflags --libs duebill) -o aging
 *   ./aging FOLDER            for people
 *   ./aging FOLDER --json     for programs
 *
 * The folder is one that the example in Rust, `aging --invoices FILE --as-of DATE --export-documents FOLDER`, wrote. It
 * holds aging.json: the calculation with all open items, and beside it what only the reader of their file knows. Strings
 * of the answer are printed as the library wrote them, so nothing is escaped here.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "duebill.h"

static duebill_error error;

_Noreturn static void die(const char *what, const char *why) {
    fprintf(stderr, "aging: %s: %s\n", what, why);
    exit(1);
}

static void must(duebill_status status, const char *what) {
    if (status == DUEBILL_OK) return;
    fprintf(stderr, "aging: %s: %s at \"%s\": %s\n", what, error.name, error.pointer, error.message);
    exit(1);
}

static void *grow(void *old, size_t size) {
    void *grown = realloc(old, size);
    if (grown == NULL) die("memory", "there is none left");
    return grown;
}

/* A whole file; its bytes are the caller's to free. */
static duebill_text file(const char *folder, const char *name) {
    size_t room = 1 << 16, length = 0, got;
    char *path = grow(NULL, strlen(folder) + strlen(name) + 2), *data = grow(NULL, room);
    sprintf(path, "%s/%s", folder, name);
    FILE *opened = fopen(path, "rb");
    if (opened == NULL) die(path, "cannot be opened");
    while ((got = fread(data + length, 1, room - length, opened)) > 0) {
        length += got;
        if (length == room) data = grow(data, room *= 2);
    }
    if (ferror(opened)) die(path, "cannot be read");
    fclose(opened);
    free(path);
    return (duebill_text){data, length};
}

/* The value at a JSON pointer, made as by printf; a null one where nothing stands. */
static duebill_view look(duebill_result in, const char *format, ...) {
    char pointer[256];
    duebill_view found = {0};
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(pointer, sizeof pointer, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof pointer) die(format, "the pointer is too long");
    duebill_status status = duebill_result_get(in, pointer, (size_t)length, &found, &error);
    if (status != DUEBILL_NOT_FOUND) must(status, pointer);
    return found;
}

static void print(duebill_text bytes) {
    fwrite(bytes.data, 1, bytes.length, stdout);
}

/* ---- The answer of the core ---- */

static duebill_result held, report, zero;

/* A JSON string of an amount; zero where nothing is open, so that the core tells none. */
static void print_amount(duebill_view amount) {
    print(amount.raw.length > 0 ? amount.raw : look(zero, "/amount").raw);
}

/* Nothing, with the digits of the currency. */
static void make_zero(void) {
    char request[128];
    duebill_text currency = look(held, "/currency").raw;
    int length = snprintf(request, sizeof request, "{\"in\":{\"currency\":%.*s,\"value\":\"0\"},\"kind\":\"round_amount\"}",
                          (int)currency.length, currency.data);
    if (length < 0 || (size_t)length >= sizeof request) die("aging.json", "the currency is none");
    must(duebill_calculate(request, (size_t)length, &zero, &error), "the currency");
}

static int by_bucket(const void *left, const void *right) {
    duebill_text a = look(report, "/buckets/%zu", *(const size_t *)left).text;
    duebill_text b = look(report, "/buckets/%zu", *(const size_t *)right).text;
    int order = memcmp(a.data, b.data, a.length < b.length ? a.length : b.length);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

/* The places of the buckets in the order of their names, as canonical JSON has its keys. */
static size_t *sorted_buckets(size_t count) {
    size_t *places = grow(NULL, (count + 1) * sizeof *places);
    for (size_t place = 0; place < count; place++) places[place] = place;
    qsort(places, count, sizeof *places, by_bucket);
    return places;
}

/* The buckets of a row, or of the totals, by name. */
static void print_buckets(const size_t *places, size_t count, const char *columns) {
    printf("{");
    for (size_t at = 0; at < count; at++) {
        printf("%s", at > 0 ? "," : "");
        print(look(report, "/buckets/%zu", places[at]).raw);
        printf(":");
        print_amount(look(report, "%s/buckets/%zu", columns, places[at]));
    }
    printf("}");
}

static void print_json(void) {
    size_t count = look(report, "/buckets").count, rows = look(report, "/sections/0/rows").count;
    size_t *places = sorted_buckets(count);
    printf("{\"as_of\":");
    print(look(report, "/as_of").raw);
    printf(",\"basis\":");
    print(look(report, "/basis").raw);
    printf(",\"buckets\":");
    print_buckets(places, count, "/sections/0/totals");
    printf(",\"customers\":{");
    for (size_t row = 0; row < rows; row++) {
        char columns[64];
        snprintf(columns, sizeof columns, "/sections/0/rows/%zu/columns", row);
        printf("%s", row > 0 ? "," : "");
        print(look(report, "/sections/0/rows/%zu/customer", row).raw);
        printf(":");
        print_buckets(places, count, columns);
    }
    printf("},\"disputed_items\":%" PRId64 ",\"disputed_open\":", look(held, "/disputed_items").integer);
    print_amount(look(report, "/sections/0/totals/disputed"));
    printf(",\"findings\":");
    print(look(held, "/findings").raw);
    printf(",\"open_items\":%" PRId64 ",\"open_total\":", look(report, "/sections/0/totals/open_items").integer);
    print_amount(look(report, "/sections/0/totals/open"));
    printf(",\"schema\":\"duebill/receivables_file/1\"}\n");
    free(places);
}

static void print_row(duebill_text name, const char *columns, size_t count) {
    printf("%-24.*s", (int)name.length, name.data);
    for (size_t place = 0; place <= count; place++) {
        duebill_view amount = place < count ? look(report, "%s/buckets/%zu", columns, place)
                                            : look(report, "%s/open", columns);
        printf("%12.*s", (int)amount.text.length, amount.text.data);
    }
    printf("\n");
}

static void print_for_people(void) {
    size_t count = look(report, "/buckets").count, rows = look(report, "/sections/0/rows").count;
    duebill_text as_of = look(report, "/as_of").text, basis = look(report, "/basis").text;
    printf("Open on %.*s by %.*s date\n%-24s", (int)as_of.length, as_of.data, (int)basis.length, basis.data,
           "customer");
    for (size_t place = 0; place < count; place++) {
        duebill_text name = look(report, "/buckets/%zu", place).text;
        printf("%12.*s", (int)name.length, name.data);
    }
    printf("%12s\n", "open");
    for (size_t row = 0; row < rows; row++) {
        char columns[64];
        snprintf(columns, sizeof columns, "/sections/0/rows/%zu/columns", row);
        print_row(look(report, "/sections/0/rows/%zu/customer", row).text, columns, count);
    }
    if (rows > 0) print_row((duebill_text){"all", 3}, "/sections/0/totals", count);
    printf("%" PRId64 " items, %" PRId64 " of them disputed\n", look(report, "/sections/0/totals/open_items").integer,
           look(held, "/disputed_items").integer);
}

int main(int count, char **arguments) {
    bool json = count == 3 && strcmp(arguments[2], "--json") == 0;
    if (count != 2 && !json) die("usage", "aging FOLDER [--json]");
    if (duebill_abi_version() != DUEBILL_ABI_VERSION) die("libduebill", "another ABI version than the header's");

    duebill_text document = file(arguments[1], "aging.json");
    must(duebill_document_parse(document.data, document.length, &held, &error), "aging.json");
    must(duebill_calculate(document.data, document.length, &report, &error), "aging.json");
    make_zero();
    if (json) print_json();
    else print_for_people();

    must(duebill_result_free(report), "the report");
    must(duebill_result_free(zero), "zero");
    must(duebill_result_free(held), "aging.json");
    free((char *)document.data);
    return 0;
}
