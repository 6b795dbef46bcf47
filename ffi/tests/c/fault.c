/* A panic inside the library becomes a status and poisons only the log that the call was made on. */
#include "check.h"

/* Only the test's build of the library has it. */
duebill_status duebill_fault_panic(duebill_log log, uint32_t place, duebill_error *error);

static void a_panic_poisons(uint32_t place) {
    duebill_log log = an_account(), other = an_account();
    duebill_result out = 0;
    uint64_t sequence = 0;
    duebill_rulebook rulebook = a_rulebook();
    duebill_error error;
    duebill_log pair[2];
    pair[0] = other;
    pair[1] = log;
    CHECK(duebill_fault_panic(log, place, &error) == DUEBILL_PANIC);
    CHECK(error.code == DUEBILL_PANIC && error.details == 0 && strcmp(error.name, "panic") == 0);
    CHECK(strcmp(error.message, "the library panicked: a fault was asked for") == 0);
    CHECK(duebill_log_head(log, &out, &error) == DUEBILL_POISONED);
    CHECK(strcmp(error.name, "poisoned") == 0);
    CHECK(duebill_log_decide(log, rulebook, TEXT("{}"), &out, NULL) == DUEBILL_POISONED);
    CHECK(duebill_log_apply(log, TEXT("{}"), TEXT(HASH), NULL, 0, NULL) == DUEBILL_POISONED);
    CHECK(duebill_log_recorded(log, TEXT("c1"), &sequence, NULL) == DUEBILL_POISONED);
    CHECK(duebill_log_report(log, rulebook, TEXT("{}"), &out, NULL) == DUEBILL_POISONED);
    CHECK(duebill_aging(rulebook, pair, 2, TEXT("{}"), &out, NULL) == DUEBILL_POISONED);
    CHECK(duebill_summary(rulebook, pair, 2, TEXT("{}"), &out, NULL) == DUEBILL_POISONED);
    CHECK(duebill_match_receipts(rulebook, log, pair, 1, TEXT("{}"), &out, NULL) == DUEBILL_POISONED);
    CHECK(out == 0);
    record_one(other, rulebook, 1);
    CHECK(duebill_log_free(log) == DUEBILL_OK);
    CHECK(duebill_log_free(log) == DUEBILL_STALE_HANDLE);
    CHECK(duebill_log_free(other) == DUEBILL_OK);
    CHECK(duebill_rulebook_free(rulebook) == DUEBILL_OK);
}

int main(void) {
    duebill_log log = an_account();
    CHECK(duebill_fault_panic(log, 2, NULL) == DUEBILL_PANIC);
    CHECK(duebill_result_free(a_head(log)) == DUEBILL_OK);
    a_panic_poisons(0);
    a_panic_poisons(1);
    CHECK(duebill_log_free(log) == DUEBILL_OK);
    return 0;
}
