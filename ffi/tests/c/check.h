/* What the C tests share: documents, and a check that names its line. */
#ifndef DUEBILL_TEST_CHECK_H
#define DUEBILL_TEST_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "duebill.h"

#define CHECK(condition)                                                             \
    do {                                                                             \
        if (!(condition)) {                                                          \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);  \
            exit(1);                                                                 \
        }                                                                            \
    } while (0)

/* A literal as the pointer and length of a text argument. */
#define TEXT(literal) (literal), (sizeof(literal) - 1)

/* Small and real: one customer, nothing priced. The tests of the core's refusals read core/golden/rulebook.json. */
#define RULEBOOK                                                                                                      \
    "{\"policy\":{\"billing\":{\"series\":\"invoices\"},"                                                             \
    "\"calendars\":[{\"id\":\"office\",\"otherwise\":\"normal\",\"zone\":\"UTC\"}],"                                   \
    "\"numbering\":[{\"pattern\":\"INV-{counter}\",\"series\":\"invoices\"}],"                                         \
    "\"payment_terms\":[{\"days\":30,\"id\":\"net30\"}],\"rounding\":[{\"id\":\"quarter\"}],"                          \
    "\"seller\":{\"id\":\"northwind\",\"name\":\"Northwind Support\"}},\"schema\":\"duebill/rulebook/1\","             \
    "\"terms\":[{\"calendar\":\"office\",\"currency\":\"EUR\",\"customer\":\"acme\",\"name\":\"Acme GmbH\","           \
    "\"payment_terms\":\"net30\",\"rounding\":\"quarter\"}]}"
#define ACCOUNT "{\"id\":\"acme\",\"kind\":\"account\",\"seller\":\"northwind\"}"
#define CASH_BOOK "{\"id\":\"bank\",\"kind\":\"cash_book\",\"seller\":\"northwind\"}"
/* A command that an account accepts any number of times, under a new id each time. */
#define COMMAND_FORMAT                                                                                                \
    "{\"action\":{\"kind\":\"capture\"},\"id\":\"c%d\",\"log\":" ACCOUNT ",\"schema\":\"duebill/command/1\","          \
    "\"stamp\":{\"actor\":\"clara\",\"at\":\"2026-01-31T12:00:00Z\",\"effective\":\"2026-01-31\",\"role\":\"billing\"}}"
#define HASH "0000000000000000000000000000000000000000000000000000000000000000"

static inline duebill_rulebook a_rulebook(void) {
    duebill_rulebook rulebook = 0;
    CHECK(duebill_rulebook_compile(TEXT(RULEBOOK), &rulebook, NULL) == DUEBILL_OK);
    CHECK(rulebook != 0);
    return rulebook;
}

static inline duebill_log an_account(void) {
    duebill_log log = 0;
    CHECK(duebill_log_open(TEXT(ACCOUNT), &log, NULL) == DUEBILL_OK);
    CHECK(log != 0);
    return log;
}

static inline duebill_result a_head(duebill_log log) {
    duebill_result head = 0;
    CHECK(duebill_log_head(log, &head, NULL) == DUEBILL_OK);
    CHECK(head != 0);
    return head;
}

/* Decides a command of its own and applies the record: what a host does, without the storing. */
static inline void record_one(duebill_log log, duebill_rulebook rulebook, int number) {
    char command[512];
    duebill_result decision = 0;
    duebill_view record, hash, detached;
    duebill_status status;
    snprintf(command, sizeof command, COMMAND_FORMAT, number);
    CHECK(duebill_log_decide(log, rulebook, command, strlen(command), &decision, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(decision, TEXT("/record"), &record, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(decision, TEXT("/hash"), &hash, NULL) == DUEBILL_OK);
    CHECK(duebill_result_get(decision, TEXT("/detached"), &detached, NULL) == DUEBILL_OK);
    status = duebill_log_apply(log, record.raw.data, record.raw.length, hash.text.data, hash.text.length,
                               detached.raw.data, detached.raw.length, NULL);
    CHECK(status == DUEBILL_OK);
    CHECK(duebill_result_free(decision) == DUEBILL_OK);
}

#endif
