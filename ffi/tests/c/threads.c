/* Threads share a rulebook and logs: one writer per log, readers of all, frees in between. A deadlock ends by alarm. */
#include <pthread.h>
#include <unistd.h>

#include "check.h"

enum { THREADS = 4, TURNS = 150 };

static duebill_rulebook rulebook;
static duebill_log logs[THREADS];

/* Asks across all logs, forwards or backwards, with one of them twice. */
static void ask_across(int backwards) {
    duebill_log list[THREADS + 1];
    duebill_result result = 0;
    duebill_status status;
    int at;
    for (at = 0; at < THREADS; at++) list[at] = logs[backwards ? THREADS - 1 - at : at];
    list[THREADS] = logs[1];
    status = duebill_aging(rulebook, list, THREADS + 1, TEXT("{}"), &result, NULL);
    CHECK(status == DUEBILL_OK || status >= 100);
    CHECK(duebill_result_free(result) == DUEBILL_OK);
}

static void *work(void *argument) {
    int self = *(int *)argument, turn;
    for (turn = 0; turn < TURNS; turn++) {
        duebill_rulebook own = a_rulebook();
        record_one(logs[self], own, turn);
        CHECK(duebill_result_free(a_head(logs[(self + turn) % THREADS])) == DUEBILL_OK);
        ask_across((self + turn) % 2);
        CHECK(duebill_rulebook_free(own) == DUEBILL_OK);
    }
    return NULL;
}

static duebill_rulebook shared;

/* Exactly one of the threads that free the same handle succeeds; users see it whole or not at all. */
static void *race(void *argument) {
    uintptr_t *freed = (uintptr_t *)argument;
    duebill_rulebook extended = 0;
    duebill_status status = duebill_rulebook_add_terms(shared, TEXT("{}"), &extended, NULL);
    CHECK(status == DUEBILL_OK || status == DUEBILL_STALE_HANDLE || status >= 100);
    CHECK(duebill_rulebook_free(extended) == DUEBILL_OK);
    status = duebill_rulebook_free(shared);
    CHECK(status == DUEBILL_OK || status == DUEBILL_STALE_HANDLE);
    *freed = status == DUEBILL_OK;
    return NULL;
}

static void run(void *(*body)(void *), void *arguments, size_t size) {
    pthread_t threads[THREADS];
    int at;
    for (at = 0; at < THREADS; at++)
        CHECK(pthread_create(&threads[at], NULL, body, (char *)arguments + (size_t)at * size) == 0);
    for (at = 0; at < THREADS; at++) CHECK(pthread_join(threads[at], NULL) == 0);
}

int main(void) {
    int numbers[THREADS], at, turn;
    alarm(300);
    rulebook = a_rulebook();
    for (at = 0; at < THREADS; at++) {
        numbers[at] = at;
        logs[at] = an_account();
    }
    run(work, numbers, sizeof numbers[0]);
    for (turn = 0; turn < 50; turn++) {
        uintptr_t freed[THREADS];
        shared = a_rulebook();
        run(race, freed, sizeof freed[0]);
        CHECK(freed[0] + freed[1] + freed[2] + freed[3] == 1);
    }
    for (at = 0; at < THREADS; at++) CHECK(duebill_log_free(logs[at]) == DUEBILL_OK);
    CHECK(duebill_rulebook_free(rulebook) == DUEBILL_OK);
    return 0;
}
