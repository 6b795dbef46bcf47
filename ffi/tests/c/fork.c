/* A forked child uses the handles it inherited, or gets a code; a deadlock ends by alarm. */
#include <pthread.h>
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

enum { CHILDREN = 60 };

static duebill_rulebook rulebook;
static duebill_log quiet;
static duebill_log busy;
static volatile sig_atomic_t stop;

static void *keep_busy(void *unused) {
    int number;
    (void)unused;
    for (number = 0; !stop; number++) record_one(busy, rulebook, number);
    return NULL;
}

/* What no other thread was inside of works as before; the busy log works or says why not. */
static void child(void) {
    duebill_result head = 0;
    duebill_status status;
    duebill_log fresh;
    alarm(60);
    record_one(quiet, a_rulebook(), 1);
    fresh = an_account();
    CHECK(duebill_log_free(fresh) == DUEBILL_OK);
    status = duebill_log_head(busy, &head, NULL);
    CHECK(status == DUEBILL_OK || status == DUEBILL_FORKED);
    status = duebill_log_apply(busy, TEXT("{}"), TEXT(""), NULL, 0, NULL);
    CHECK(status == DUEBILL_FORKED || status >= 100);
    CHECK(duebill_result_free(head) == DUEBILL_OK);
    status = duebill_log_free(busy);
    CHECK(status == DUEBILL_OK || status == DUEBILL_FORKED);
    CHECK(duebill_log_free(quiet) == DUEBILL_OK);
    _exit(0);
}

static void fork_and_wait(void) {
    int status = 0;
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) child();
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void) {
    pthread_t thread;
    int at;
    alarm(300);
    rulebook = a_rulebook();
    quiet = an_account();
    busy = an_account();
    fork_and_wait();
    CHECK(pthread_create(&thread, NULL, keep_busy, NULL) == 0);
    for (at = 0; at < CHILDREN; at++) fork_and_wait();
    stop = 1;
    CHECK(pthread_join(thread, NULL) == 0);
    /* The parent noticed nothing. */
    CHECK(duebill_log_free(busy) == DUEBILL_OK);
    CHECK(duebill_log_free(quiet) == DUEBILL_OK);
    CHECK(duebill_rulebook_free(rulebook) == DUEBILL_OK);
    return 0;
}
