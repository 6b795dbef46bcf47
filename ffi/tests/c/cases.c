/*
 * Runs a case file through duebill_calculate, and through the calls by value where there is one: `cases FILE`, where
 * FILE is {"cases":[{"id","kind","in","out"} or {"id","kind","in","refused"}]} in canonical form. Prints how many cases
 * ran and how many of them also by value; the first that is wrong ends the program.
 */
#include "by_value.h"
#include "file.h"

static void wrong(duebill_result document, const char *at, const char *lane, duebill_text got) {
    duebill_view id;
    CHECK(look(document, at, "/id", &id));
    fprintf(stderr, "%.*s (%s): got %.*s\n", (int)id.text.length, id.text.data, lane, (int)got.length, got.data);
    exit(1);
}

static duebill_text of_name(const duebill_error *error) {
    duebill_text name;
    name.data = error->name;
    name.length = strlen(error->name);
    return name;
}

/* The request of a case is made of the case's own bytes, or stands there as text where it is too deep to be read. */
static char *request_of(duebill_result document, const char *at, size_t *length) {
    duebill_view in, kind;
    char *request;
    if (look(document, at, "/request", &in)) {
        *length = in.text.length;
        request = (char *)malloc(*length + 1);
        CHECK(request != NULL);
        memcpy(request, in.text.data, *length);
        return request;
    }
    CHECK(look(document, at, "/in", &in) && look(document, at, "/kind", &kind));
    *length = in.raw.length + kind.raw.length + strlen("{\"in\":,\"kind\":}");
    request = (char *)malloc(*length + 1);
    CHECK(request != NULL);
    snprintf(request, *length + 1, "{\"in\":%.*s,\"kind\":%.*s}", (int)in.raw.length, in.raw.data, (int)kind.raw.length,
             kind.raw.data);
    return request;
}

/* Runs a case by documents; gives the status. */
static duebill_status by_document(duebill_result document, const char *at) {
    duebill_view out, refused;
    duebill_error error;
    duebill_result answer = 0;
    duebill_text got;
    size_t length;
    char *request = request_of(document, at, &length);
    duebill_status status = duebill_calculate(request, length, &answer, &error);
    free(request);
    if (status != DUEBILL_OK) {
        CHECK(duebill_result_free(error.details) == DUEBILL_OK && answer == 0);
        if (!look(document, at, "/refused", &refused) || !is_word(&refused, error.name))
            wrong(document, at, "document", of_name(&error));
        return status;
    }
    CHECK(duebill_result_data(answer, &got, NULL) == DUEBILL_OK);
    if (!look(document, at, "/out", &out) || out.raw.length != got.length ||
        memcmp(out.raw.data, got.data, got.length) != 0)
        wrong(document, at, "document", got);
    CHECK(duebill_result_free(answer) == DUEBILL_OK);
    return status;
}

/* Runs a case by value, if it can be; gives whether. */
static int again_by_value(duebill_result document, const char *at) {
    char in[60], out[60], name[60];
    duebill_view kind, expected;
    by_value answer;
    duebill_text got;
    snprintf(in, sizeof in, "%s/in", at);
    snprintf(out, sizeof out, "%s/out", at);
    CHECK(look(document, at, "/kind", &kind));
    call_by_value(document, in, &kind, &answer);
    if (!answer.reached) return 0;
    if (answer.status != DUEBILL_OK) {
        CHECK(duebill_result_free(answer.error.details) == DUEBILL_OK);
        if (!look(document, at, "/refused", &expected) || !is_word(&expected, answer.error.name))
            wrong(document, at, "by value", of_name(&answer.error));
        return 1;
    }
    snprintf(name, sizeof name, "%ld", (long)answer.value);
    got.data = name;
    got.length = strlen(name);
    if (is_word(&kind, "aging_bucket")) {
        bucket_name(document, in, answer.value, name, sizeof name);
        if (!look(document, out, "/bucket", &expected) || !is_word(&expected, name)) wrong(document, at, "by value", got);
    } else if (answer.value != expected_value(document, out, &kind)) {
        wrong(document, at, "by value", got);
    }
    return 1;
}

int main(int count, char **arguments) {
    duebill_result document = 0;
    duebill_view cases;
    size_t length, at, by_value_too = 0;
    char *bytes;
    CHECK(count == 2);
    bytes = read_all(arguments[1], &length);
    CHECK(duebill_document_parse(bytes, length, &document, NULL) == DUEBILL_OK);
    free(bytes);
    CHECK(duebill_result_get(document, TEXT("/cases"), &cases, NULL) == DUEBILL_OK);
    for (at = 0; at < cases.count; at++) {
        char pointer[40];
        duebill_status status;
        snprintf(pointer, sizeof pointer, "/cases/%u", (unsigned)at);
        status = by_document(document, pointer);
        /* What is wrong with the shape of a document cannot be said by value. */
        if (status < 400 || status >= 500) by_value_too += (size_t)again_by_value(document, pointer);
    }
    CHECK(duebill_result_free(document) == DUEBILL_OK);
    printf("%u %u\n", (unsigned)cases.count, (unsigned)by_value_too);
    return 0;
}
