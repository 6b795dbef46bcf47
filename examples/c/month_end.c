/*
 * The month end of a support company, as a host in C11: work is captured, billed, approved, numbered and paid, and the
 * answer is what every customer owes.
 *
 *   cc -std=c11 examples/c/month_end.c $(pkg-config --cflags --libs duebill) -o month_end
 *   ./month_end examples/sample/documents            what is owed, for people
 *   ./month_end examples/sample/documents --json     everything, for programs
 *
 * Where host.json has a member `summary`, as `month_end --events FILE --export-documents FOLDER` writes it, the work of an
 * event log is billed, and the answer is how much work became how many invoices.
 *
 * The folder holds rulebook.json, host.json and steps.jsonl. Records are kept in memory here; a host of yours puts each
 * one with its hash, its detached texts and its intents into its storage, in one transaction, where `store` stands.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "duebill.h"

/* ---- Bytes ---- */

/* Bytes that grow; `text` is the view of somebody's bytes that all functions take. */
typedef struct {
    char *data;
    size_t length, room;
} buffer;

typedef duebill_text text;

_Noreturn static void die(const char *what, const char *why) {
    fprintf(stderr, "month_end: %s: %s\n", what, why);
    exit(1);
}

static void *grow(void *old, size_t size) {
    void *grown = realloc(old, size);
    if (grown == NULL) die("memory", "there is none left");
    return grown;
}

static text of(const char *string) {
    text whole = {string, strlen(string)};
    return whole;
}

static text held(const buffer *bytes) {
    text whole = {bytes->length > 0 ? bytes->data : "", bytes->length};
    return whole;
}

static void add(buffer *to, text more) {
    size_t needed = to->length + more.length;
    if (needed > to->room) {
        to->room = needed > 2 * to->room ? needed : 2 * to->room;
        to->data = grow(to->data, to->room);
    }
    if (more.length > 0) memcpy(to->data + to->length, more.data, more.length);
    to->length = needed;
}

/* Adds a text as JSON in its canonical form (RFC 8785): only what must be escaped is. */
static void add_string(buffer *to, text string) {
    static const char named[] = "btn?fr";
    add(to, of("\""));
    for (size_t at = 0; at < string.length; at++) {
        unsigned char byte = (unsigned char)string.data[at];
        char escape[8] = {(char)byte, 0};
        if (byte == '"' || byte == '\\') snprintf(escape, sizeof escape, "\\%c", byte);
        else if (byte >= 8 && byte <= 13 && byte != 11) snprintf(escape, sizeof escape, "\\%c", named[byte - 8]);
        else if (byte < 32) snprintf(escape, sizeof escape, "\\u%04x", byte);
        add(to, (text){escape, byte == 0 ? 6 : strlen(escape)});
    }
    add(to, of("\""));
}

/* Adds a template: `@` stands for a text as it is, `$` for a text as a JSON string, both `text` arguments. */
static void put(buffer *to, const char *template, ...) {
    va_list arguments;
    va_start(arguments, template);
    for (; *template != 0; template++) {
        if (*template == '@') add(to, va_arg(arguments, text));
        else if (*template == '$') add_string(to, va_arg(arguments, text));
        else add(to, (text){template, 1});
    }
    va_end(arguments);
}

static bool same(text left, text right) {
    return left.length == right.length && memcmp(left.data, right.data, left.length) == 0;
}

static buffer file(const char *folder, const char *name) {
    buffer path = {0}, bytes = {0};
    put(&path, "@/@", of(folder), of(name));
    add(&path, (text){"", 1});
    FILE *opened = fopen(path.data, "rb");
    if (opened == NULL) die(path.data, "cannot be opened");
    char part[4096];
    size_t got;
    while ((got = fread(part, 1, sizeof part, opened)) > 0) add(&bytes, (text){part, got});
    if (ferror(opened)) die(path.data, "cannot be read");
    fclose(opened);
    free(path.data);
    return bytes;
}

/* ---- The library, its failures and its clock ---- */

static duebill_error error;
static uint64_t core_time;

static uint64_t now(void) {
    struct timespec at;
    timespec_get(&at, TIME_UTC);
    return (uint64_t)at.tv_sec * 1000000000u + (uint64_t)at.tv_nsec;
}

/* Counts the time of a call towards `core_ms`. */
static uint64_t began;
#define CORE(call) (began = now(), spent((call)))

static duebill_status spent(duebill_status status) {
    core_time += now() - began;
    return status;
}

/* For calls that only a broken input or a defect can make fail. */
static void must(duebill_status status, const char *what) {
    if (status == DUEBILL_OK) return;
    fprintf(stderr, "month_end: %s: %s at \"%s\": %s\n", what, error.name, error.pointer, error.message);
    exit(1);
}

static duebill_result parse(text document, const char *what) {
    duebill_result parsed = 0;
    must(CORE(duebill_document_parse(document.data, document.length, &parsed, &error)), what);
    return parsed;
}

static text whole(duebill_result result) {
    text document;
    must(duebill_result_data(result, &document, &error), "a result");
    return document;
}

/* The value at a JSON pointer, made as by printf; whether it is there. */
static bool find_v(duebill_result in, duebill_view *found, const char *format, va_list arguments) {
    char pointer[256];
    int length = vsnprintf(pointer, sizeof pointer, format, arguments);
    if (length < 0 || (size_t)length >= sizeof pointer) die(format, "the pointer is too long");
    duebill_status status = duebill_result_get(in, pointer, (size_t)length, found, &error);
    if (status != DUEBILL_NOT_FOUND) must(status, pointer);
    return status == DUEBILL_OK;
}

static bool find(duebill_result in, duebill_view *found, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    bool there = find_v(in, found, format, arguments);
    va_end(arguments);
    return there;
}

static duebill_view at(duebill_result in, const char *format, ...) {
    duebill_view found;
    va_list arguments;
    va_start(arguments, format);
    if (!find_v(in, &found, format, arguments)) die(format, "is missing");
    va_end(arguments);
    return found;
}

/* ---- What the host keeps ---- */

/* One log: the library's view of it, and what was stored of it. */
typedef struct {
    char *kind, *id, *seller;
    duebill_log handle;
    buffer lines;    /* `<hash> <record>` and a newline for each record: what duebill_verify reads */
    buffer detached; /* personal texts, a line for each record: what may be erased while the records stay whole */
} host_log;

/* A ready command that its record asked for, waiting for delivery. */
typedef struct intent {
    buffer command;
    struct intent *next;
} intent;

static duebill_rulebook rulebook;
static host_log **logs;
static size_t log_count;
static intent *outbox, **outbox_end = &outbox;
static buffer refused;

/* What the core found: code, log and subject of each, at most as often as it was found. */
static char **findings;
static size_t finding_count;

static char *copy(text from) {
    char *string = grow(NULL, from.length + 1);
    memcpy(string, from.data, from.length);
    string[from.length] = 0;
    return string;
}

static void put_address(buffer *to, const host_log *log) {
    put(to, "{\"id\":$,\"kind\":$,\"seller\":$}", of(log->id), of(log->kind), of(log->seller));
}

/* The log at an address; an empty one if nothing was ever addressed to it. */
static host_log *open_log(text kind, text id, text seller) {
    for (size_t place = 0; place < log_count; place++) {
        host_log *known = logs[place];
        if (same(of(known->kind), kind) && same(of(known->id), id) && same(of(known->seller), seller)) return known;
    }
    logs = grow(logs, (log_count + 1) * sizeof *logs);
    host_log *added = grow(NULL, sizeof *added);
    *added = (host_log){.kind = copy(kind), .id = copy(id), .seller = copy(seller)};
    logs[log_count++] = added;
    buffer address = {0};
    put_address(&address, added);
    must(CORE(duebill_log_open(address.data, address.length, &added->handle, &error)), "a log");
    free(address.data);
    return added;
}

/* The log that a command is for. */
static host_log *addressed(duebill_result command) {
    return open_log(at(command, "/log/kind").text, at(command, "/log/id").text, at(command, "/log/seller").text);
}

static int by_kind_and_id(const void *left, const void *right) {
    const host_log *a = *(host_log *const *)left, *b = *(host_log *const *)right;
    int kinds = strcmp(a->kind, b->kind);
    return kinds != 0 ? kinds : strcmp(a->id, b->id);
}

/* The handles of all logs of one kind, or of two, in the order of their kinds and ids. */
static size_t handles_of(duebill_log *handles, const char *kind, const char *other) {
    size_t count = 0;
    qsort(logs, log_count, sizeof *logs, by_kind_and_id);
    for (size_t place = 0; place < log_count; place++)
        if (strcmp(logs[place]->kind, kind) == 0 || strcmp(logs[place]->kind, other) == 0)
            handles[count++] = logs[place]->handle;
    return count;
}

static duebill_log *room_for_handles(void) {
    return grow(NULL, (log_count + 1) * sizeof(duebill_log));
}

/* ---- Decide, store, apply, deliver ---- */

/* Where a host with storage commits: records, hashes, detached texts and waiting intents stand, or none of them. */
static void store(host_log *log, duebill_result decision) {
    put(&log->lines, "@ @\n", at(decision, "/hash").text, at(decision, "/record").raw);
    put(&log->detached, "@\n", at(decision, "/detached").raw);
    size_t count = at(decision, "/intents").count;
    for (size_t place = 0; place < count; place++) {
        intent *waiting = grow(NULL, sizeof *waiting);
        *waiting = (intent){0};
        add(&waiting->command, at(decision, "/intents/%zu/command", place).raw);
        *outbox_end = waiting;
        outbox_end = &waiting->next;
    }
}

static void apply(host_log *log, duebill_result decision) {
    text record = at(decision, "/record").raw, hash = at(decision, "/hash").text;
    text detached = at(decision, "/detached").raw;
    must(CORE(duebill_log_apply(log->handle, record.data, record.length, hash.data, hash.length, detached.data,
                                detached.length, &error)),
         "a record that was just decided");
}

/* Keeps the findings that a decision or a refusal brings, each with what it is about. */
static void note_findings(const host_log *log, duebill_result document) {
    size_t count = at(document, "/findings").count;
    findings = grow(findings, (finding_count + count + 1) * sizeof *findings);
    for (size_t place = 0; place < count; place++) {
        buffer about = {0};
        put(&about, "@\n@/@\n@", at(document, "/findings/%zu/name", place).text, of(log->kind), of(log->id),
            at(document, "/findings/%zu/subject", place).text);
        add(&about, (text){"", 1});
        findings[finding_count++] = about.data;
    }
}

/* Decides one command. Gives 0, or the refusal, which is the caller's to free; then nothing has changed. */
static duebill_result decide(text command) {
    duebill_result parsed = parse(command, "a command"), decision = 0;
    host_log *log = addressed(parsed);
    must(duebill_result_free(parsed), "a command");
    duebill_status status =
        CORE(duebill_log_decide(log->handle, rulebook, command.data, command.length, &decision, &error));
    if (status != DUEBILL_OK) {
        /* Codes of the core are answers of the business; anything else is a defect. */
        if (status < 100) must(status, "a command");
        note_findings(log, error.details);
        return error.details;
    }
    /* A repeated command was recorded before: nothing to store, and its intents wait or were delivered. */
    if (same(at(decision, "/outcome").text, of("recorded"))) {
        store(log, decision);
        apply(log, decision);
        note_findings(log, decision);
    }
    must(duebill_result_free(decision), "a decision");
    return 0;
}

/* Notes a refused command, with everything that was wrong with it. */
static void note_refused(text command, duebill_result refusal) {
    duebill_result parsed = parse(command, "a command");
    buffer address = {0};
    put_address(&address, addressed(parsed));
    put(&refused, "@{\"command\":$,\"log\":@,\"refusal\":@}", of(refused.length > 0 ? "," : ""),
        at(parsed, "/id").text, held(&address), whole(refusal));
    free(address.data);
    must(duebill_result_free(parsed), "a command");
    must(duebill_result_free(refusal), "a refusal");
}

/* Delivers what waits, first come, first served, until nothing is left. */
static void deliver_waiting(void) {
    while (outbox != NULL) {
        intent *first = outbox;
        outbox = first->next;
        if (outbox == NULL) outbox_end = &outbox;
        text command = held(&first->command);
        duebill_result refusal = decide(command);
        if (refusal != 0) note_refused(command, refusal);
        free(first->command.data);
        free(first);
    }
}

/* Delivers the command of a step with all that follows from it; a refusal is noted, and the run goes on. */
static void deliver(text command) {
    duebill_result refusal = decide(command);
    if (refusal != 0) note_refused(command, refusal);
    deliver_waiting();
}

/* ---- Questions ---- */

static duebill_result report(const host_log *log, buffer *request) {
    duebill_result answer = 0;
    must(CORE(duebill_log_report(log->handle, rulebook, request->data, request->length, &answer, &error)), "a report");
    free(request->data);
    *request = (buffer){0};
    return answer;
}

static duebill_result report_as_of(const host_log *log, text as_of) {
    buffer request = {0};
    put(&request, "{\"as_of\":$,\"kind\":$}", as_of, of(log->kind));
    return report(log, &request);
}

static duebill_result report_numbers(const host_log *series) {
    buffer request = {0};
    put(&request, "{\"kind\":\"numbers\"}");
    return report(series, &request);
}

static duebill_result age(text as_of) {
    duebill_result answer = 0;
    buffer request = {0};
    duebill_log *handles = room_for_handles();
    size_t count = handles_of(handles, "account", "cash_book");
    put(&request, "{\"as_of\":$}", as_of);
    must(CORE(duebill_aging(rulebook, handles, count, request.data, request.length, &answer, &error)), "the aging");
    free(request.data);
    free(handles);
    return answer;
}

/* ---- Steps ---- */

/* Whether somebody looked at an invoice before this step was written. */
static bool looked_at(duebill_result step, text invoice) {
    size_t count = at(step, "/invoices").count;
    for (size_t place = 0; place < count; place++)
        if (same(at(step, "/invoices/%zu", place).text, invoice)) return true;
    return false;
}

/* Decides on the open approvals of an account that were looked at, each bound to the digest of what was reported. */
static void approve(duebill_result step, text seller) {
    text effective = at(step, "/effective").text;
    host_log *account = open_log(of("account"), at(step, "/account").text, seller);
    buffer address = {0};
    put_address(&address, account);
    duebill_result view = report_as_of(account, effective);
    size_t count = at(view, "/approvals").count;
    for (size_t place = 0; place < count; place++) {
        buffer id = {0}, command = {0};
        text invoice = at(view, "/approvals/%zu/subject", place).text;
        if (at(view, "/approvals/%zu/open", place).integer == 0 || !looked_at(step, invoice)) continue;
        put(&id, "@:@", at(step, "/id").text, invoice);
        put(&command,
              "{\"action\":{\"digest\":$,\"kind\":\"decide_approval\",\"subject\":$,\"verdict\":$},\"id\":$,\"log\":@,"
              "\"schema\":\"duebill/command/1\",\"stamp\":{\"actor\":$,\"at\":$,\"effective\":$,\"role\":$",
              at(view, "/approvals/%zu/digest", place).text, invoice, at(step, "/verdict").text, held(&id),
              held(&address), at(step, "/actor").text, at(step, "/at").text, effective, at(step, "/role").text);
        duebill_view reason, salt;
        if (find(step, &reason, "/reason") && find(step, &salt, "/salt"))
            put(&command, ",\"reason\":$},\"salt\":$}", reason.text, salt.text);
        else put(&command, "}}");
        deliver(held(&command));
        free(id.data);
        free(command.data);
    }
    free(address.data);
    must(duebill_result_free(view), "a report");
}

/* Puts plans for all receipts with money left into a command for a cash book, once: a retry must say the same. */
static void match(duebill_result step) {
    duebill_view command = at(step, "/command"), action = at(step, "/command/action");
    text id = at(step, "/command/id").text;
    host_log *book = open_log(of("cash_book"), at(step, "/command/log/id").text, at(step, "/command/log/seller").text);
    uint64_t sequence;
    duebill_status known = CORE(duebill_log_recorded(book->handle, id.data, id.length, &sequence, &error));
    if (known == DUEBILL_OK) return;
    if (known != DUEBILL_NOT_FOUND) must(known, "the id of a match");

    duebill_result plans = 0;
    duebill_log *accounts = room_for_handles();
    size_t count = handles_of(accounts, "account", "account");
    must(CORE(duebill_match_receipts(rulebook, book->handle, accounts, count, "{}", 2, &plans, &error)), "matching");
    free(accounts);

    /* The views point into one document, so the action can be cut out where it lies. */
    const char *rest = action.raw.data + action.raw.length;
    text before = {command.raw.data, (size_t)(action.raw.data - command.raw.data)};
    text after = {rest, (size_t)(command.raw.data + command.raw.length - rest)};
    buffer full = {0};
    put(&full, "@{\"kind\":\"match\",\"plans\":@}@", before, at(plans, "/plans").raw, after);
    deliver(held(&full));
    free(full.data);
    must(duebill_result_free(plans), "plans");
}

static void run_steps(text steps, text seller) {
    while (steps.length > 0) {
        const char *newline = memchr(steps.data, '\n', steps.length);
        size_t length = newline == NULL ? steps.length : (size_t)(newline - steps.data);
        text line = {steps.data, length};
        size_t taken = newline == NULL ? length : length + 1;
        steps = (text){steps.data + taken, steps.length - taken};
        if (length == 0) continue;
        duebill_result step = parse(line, "a step");
        text kind = at(step, "/step").text;
        if (same(kind, of("deliver"))) deliver(at(step, "/command").raw);
        else if (same(kind, of("approve"))) approve(step, seller);
        else if (same(kind, of("match"))) match(step);
        else die("steps.jsonl", "a step of an unknown kind");
        must(duebill_result_free(step), "a step");
    }
}

/* ---- Answers ---- */

/* Every stored line is what its log says it is, up to the head that is kept apart. */
static void verify_logs(void) {
    for (size_t place = 0; place < log_count; place++) {
        duebill_result head = 0, verdict = 0;
        text lines = held(&logs[place]->lines);
        must(duebill_log_head(logs[place]->handle, &head, &error), "a head");
        text saved = whole(head);
        must(duebill_verify(lines.data, lines.length, saved.data, saved.length, &verdict, &error), "verification");
        if (!same(at(verdict, "/verdict").text, of("consistent")) || at(verdict, "/anchored").integer != 1)
            die(logs[place]->id, "the stored records are not the log");
        must(duebill_result_free(head), "a head");
        must(duebill_result_free(verdict), "a verdict");
    }
}

/* A list of the reports of all logs of a kind, by id. */
static void put_reports(buffer *to, const char *kind, text as_of) {
    const char *separator = "";
    qsort(logs, log_count, sizeof *logs, by_kind_and_id);
    add(to, of("["));
    for (size_t place = 0; place < log_count; place++) {
        if (strcmp(logs[place]->kind, kind) != 0) continue;
        bool is_series = strcmp(kind, "series") == 0;
        duebill_result answer = is_series ? report_numbers(logs[place]) : report_as_of(logs[place], as_of);
        put(to, "@@", of(separator), whole(answer));
        must(duebill_result_free(answer), "a report");
        separator = ",";
    }
    add(to, of("]"));
}

/* One line of canonical JSON; its parts are the core's answers as they are. */
static void print_json(text as_of, uint64_t started) {
    buffer out = {0};
    char timings[96];
    add(&out, of("{\"accounts\":"));
    put_reports(&out, "account", as_of);
    duebill_result aging = age(as_of);
    put(&out, ",\"aging\":@,\"as_of\":$,\"cash_books\":", whole(aging), as_of);
    must(duebill_result_free(aging), "the aging");
    put_reports(&out, "cash_book", as_of);
    add(&out, of(",\"numbers\":"));
    put_reports(&out, "series", as_of);
    snprintf(timings, sizeof timings, "{\"core_ms\":%" PRIu64 ",\"total_ms\":%" PRIu64 "}",
             core_time / 1000000u, (now() - started) / 1000000u);
    put(&out, ",\"refused\":[@],\"schema\":\"duebill/month_end/1\",\"timings\":@}\n", held(&refused), of(timings));
    fwrite(out.data, 1, out.length, stdout);
    free(out.data);
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The code of a finding that is kept: its first line. */
static text code_of(const char *finding) {
    return (text){finding, strcspn(finding, "\n")};
}

static int compare(text left, text right) {
    int order = memcmp(left.data, right.data, left.length < right.length ? left.length : right.length);
    return order != 0 ? order : (left.length > right.length) - (left.length < right.length);
}

/* A number of a summary's only currency; 0 where nothing was billed. */
static int64_t in_currency(duebill_result summary, const char *name) {
    duebill_view number;
    return find(summary, &number, "/currencies/0/%s", name) ? number.integer : 0;
}

static duebill_result sum_up(void) {
    duebill_result summary = 0;
    duebill_log *accounts = room_for_handles();
    size_t count = handles_of(accounts, "account", "account");
    must(CORE(duebill_summary(rulebook, accounts, count, "{}", 2, &summary, &error)), "the summary");
    free(accounts);
    return summary;
}

/* Adds the findings of the core with codes before that of `next`, or all, from a place on; gives the next place. */
static size_t put_core_findings(buffer *to, size_t place, const text *next) {
    while (place < finding_count && (next == NULL || compare(code_of(findings[place]), *next) < 0)) {
        text code = code_of(findings[place]);
        size_t subjects = 0;
        char digits[24];
        /* They are sorted, so equal ones stand side by side, and so do all of one code. */
        for (; place < finding_count && same(code_of(findings[place]), code); place++)
            subjects += place == 0 || strcmp(findings[place - 1], findings[place]) != 0;
        snprintf(digits, sizeof digits, "%zu", subjects);
        put(to, "{\"code\":$,\"count\":@},", code, of(digits));
    }
    return place;
}

/* What the reader of the log found, and what the core did once for each subject, by code. */
static void put_findings(buffer *to, duebill_result host) {
    size_t count = at(host, "/summary/findings").count, done = 0;
    if (finding_count > 0) qsort(findings, finding_count, sizeof *findings, by_text);
    add(to, of("["));
    for (size_t place = 0; place < count; place++) {
        text code = at(host, "/summary/findings/%zu/code", place).text;
        done = put_core_findings(to, done, &code);
        put(to, "@,", at(host, "/summary/findings/%zu", place).raw);
    }
    put_core_findings(to, done, NULL);
    if (to->data[to->length - 1] == ',') to->length--;
    add(to, of("]"));
}

/* Adds a member with a number, and a comma before it unless it is the first. */
static void put_number(buffer *to, const char *name, int64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    put(to, "@$:@", of(to->length > 1 ? "," : ""), of(name), of(digits));
}

/* Adds the amount of nothing, with the digits of the currency of the rates. */
static void put_nothing(buffer *to, const char *folder) {
    buffer request = {0}, rules = file(folder, "rulebook.json");
    duebill_result amount = 0, parsed = parse(held(&rules), "rulebook.json");
    put(&request, "{\"in\":{\"currency\":$,\"value\":\"0\"},\"kind\":\"round_amount\"}",
        at(parsed, "/policy/rates/0/currency").text);
    must(CORE(duebill_calculate(request.data, request.length, &amount, &error)), "a currency");
    add(to, at(amount, "/amount").raw);
    must(duebill_result_free(amount), "an amount");
    must(duebill_result_free(parsed), "rulebook.json");
    free(request.data);
    free(rules.data);
}

static void print_summary_json(duebill_result host, duebill_result summary, const char *folder, uint64_t started) {
    duebill_view total;
    buffer out = {0};
    add(&out, of("{"));
    put_number(&out, "billed_minutes", at(summary, "/billed_seconds").integer / 60);
    put_number(&out, "core_ms", (int64_t)(core_time / 1000000u));
    put_number(&out, "entries", at(summary, "/entries").integer);
    put_number(&out, "events", at(host, "/summary/events").integer);
    add(&out, of(",\"findings\":"));
    put_findings(&out, host);
    put_number(&out, "invoices", in_currency(summary, "invoices"));
    put_number(&out, "invoices_awaiting_approval", in_currency(summary, "awaiting_approval"));
    put_number(&out, "raw_minutes", at(summary, "/raw_seconds").integer / 60);
    add(&out, of(",\"schema\":\"duebill/events/1\""));
    put_number(&out, "tickets", at(host, "/summary/tickets").integer);
    add(&out, of(",\"total\":"));
    if (find(summary, &total, "/currencies/0/gross")) add(&out, total.raw);
    else put_nothing(&out, folder);
    put_number(&out, "total_ms", (int64_t)((now() - started) / 1000000u));
    put_number(&out, "zero_invoices", in_currency(summary, "zero_invoices"));
    add(&out, of("}\n"));
    fwrite(out.data, 1, out.length, stdout);
    free(out.data);
}

static void print_summary_for_people(duebill_result host, duebill_result summary) {
    duebill_view total, currency;
    printf("%" PRId64 " events, %" PRId64 " tickets, %" PRId64 " time entries\n", at(host, "/summary/events").integer,
           at(host, "/summary/tickets").integer, at(summary, "/entries").integer);
    printf("%" PRId64 " minutes worked, %" PRId64 " billed\n", at(summary, "/raw_seconds").integer / 60,
           at(summary, "/billed_seconds").integer / 60);
    printf("%" PRId64 " invoices, %" PRId64 " of them awaiting approval, %" PRId64 " of zero",
           in_currency(summary, "invoices"), in_currency(summary, "awaiting_approval"),
           in_currency(summary, "zero_invoices"));
    if (find(summary, &total, "/currencies/0/gross") && find(summary, &currency, "/currencies/0/currency"))
        printf("; in total %.*s %.*s", (int)total.text.length, total.text.data, (int)currency.text.length,
               currency.text.data);
    printf("\n%zu logs verified\n", log_count);
}

/* Says how much work of an event log became how many invoices. */
static void print_summary(duebill_result host, const char *folder, bool json, uint64_t started) {
    duebill_result summary = sum_up();
    if (json) print_summary_json(host, summary, folder, started);
    else print_summary_for_people(host, summary);
    must(duebill_result_free(summary), "the summary");
}

static int width(text shown) {
    return (int)shown.length;
}

static void print_for_people(text as_of) {
    duebill_result aging = age(as_of);
    size_t sections = at(aging, "/sections").count;
    printf("As of %-20.*s %14s %14s\n", width(as_of), as_of.data, "open", "unapplied");
    for (size_t section = 0; section < sections; section++) {
        text currency = at(aging, "/sections/%zu/currency", section).text;
        size_t rows = at(aging, "/sections/%zu/rows", section).count;
        for (size_t row = 0; row < rows; row++) {
            duebill_view customer;
            text open = at(aging, "/sections/%zu/rows/%zu/columns/open", section, row).text;
            text unapplied = at(aging, "/sections/%zu/rows/%zu/columns/unapplied", section, row).text;
            bool named = find(aging, &customer, "/sections/%zu/rows/%zu/customer", section, row);
            text name = named ? customer.text : of("(nobody's yet)");
            printf("  %-24.*s %14.*s %14.*s %.*s\n", width(name), name.data, width(open), open.data,
                   width(unapplied), unapplied.data, width(currency), currency.data);
        }
        text total = at(aging, "/sections/%zu/control_total", section).text;
        printf("  %-24s %29.*s %.*s\n", "control total", width(total), total.data, width(currency), currency.data);
    }
    printf("%zu logs verified; refused: [%.*s]\n", log_count, width(held(&refused)), held(&refused).data);
    must(duebill_result_free(aging), "the aging");
}

static void free_all(void) {
    for (size_t place = 0; place < log_count; place++) {
        must(duebill_log_free(logs[place]->handle), "a log");
        free(logs[place]->kind);
        free(logs[place]->id);
        free(logs[place]->seller);
        free(logs[place]->lines.data);
        free(logs[place]->detached.data);
        free(logs[place]);
    }
    for (size_t place = 0; place < finding_count; place++) free(findings[place]);
    free(findings);
    free(logs);
    free(refused.data);
    must(duebill_rulebook_free(rulebook), "the rulebook");
}

/* Opens the logs that host.json names, so that each is reported even if nothing ever reached it. */
static void open_named(duebill_result host, const char *list, const char *kind, text seller) {
    size_t count = at(host, "/%s", list).count;
    for (size_t place = 0; place < count; place++) open_log(of(kind), at(host, "/%s/%zu", list, place).text, seller);
}

int main(int count, char **arguments) {
    uint64_t started = now();
    bool json = count == 3 && strcmp(arguments[2], "--json") == 0;
    if (count != 2 && !json) die("usage", "month_end FOLDER [--json]");
    if (duebill_abi_version() != DUEBILL_ABI_VERSION) die("libduebill", "another ABI version than the header's");

    buffer rules = file(arguments[1], "rulebook.json");
    must(CORE(duebill_rulebook_compile(rules.data, rules.length, &rulebook, &error)), "rulebook.json");
    free(rules.data);

    buffer named = file(arguments[1], "host.json");
    duebill_result host = parse(held(&named), "host.json");
    free(named.data);
    text seller = at(host, "/seller").text, as_of = at(host, "/as_of").text;
    open_named(host, "books", "cash_book", seller);
    open_named(host, "series", "series", seller);

    buffer steps = file(arguments[1], "steps.jsonl");
    run_steps(held(&steps), seller);
    free(steps.data);
    verify_logs();
    duebill_view summary;
    if (find(host, &summary, "/summary")) print_summary(host, arguments[1], json, started);
    else if (json) print_json(as_of, started);
    else print_for_people(as_of);

    must(duebill_result_free(host), "host.json");
    free_all();
    return 0;
}
