// The C++ header: handles move, free themselves once, and failures are exceptions that own what they say.
#include "duebill.hpp"

#include <type_traits>

#include "check.h"

static_assert(!std::is_copy_constructible_v<duebill::log> && !std::is_copy_assignable_v<duebill::log>);
static_assert(std::is_nothrow_move_constructible_v<duebill::rulebook> && std::is_nothrow_move_assignable_v<duebill::result>);

namespace {

template <typename Body>
duebill::error thrown(Body body) {
    try {
        body();
    } catch (const duebill::error &error) {
        return error;
    }
    CHECK(!"nothing was thrown");
    std::abort();
}

void handles_move() {
    auto first = duebill::log::open(ACCOUNT);
    const auto id = first.id();
    duebill::log second(std::move(first));
    CHECK(first.id() == 0 && second.id() == id);
    first = std::move(second);
    CHECK(first.id() == id);
    CHECK(thrown([&] { second.head(); }).code() == DUEBILL_STALE_HANDLE);
    CHECK(first.head().at("/seq").kind == DUEBILL_KIND_INTEGER);
    {
        duebill::log last(std::move(first));
    }
    CHECK(duebill_log_free(id) == DUEBILL_STALE_HANDLE);
}

void a_command_is_recorded() {
    const auto rules = duebill::rulebook::compile(RULEBOOK);
    auto log = duebill::log::open(ACCOUNT);
    char command[512];
    std::snprintf(command, sizeof command, COMMAND_FORMAT, 1);
    const auto decision = log.decide(rules, command);
    CHECK(decision.text("/outcome") == "recorded");
    CHECK(!log.recorded("c1"));
    log.apply(decision.raw("/record"), decision.text("/hash"), decision.raw("/detached"));
    CHECK(log.recorded("c1"));
    CHECK(!decision.find("/no such member"));
    CHECK(decision.json().front() == '{');
}

void a_refusal_says_everything() {
    const auto error = thrown([] { duebill::rulebook::compile("{\"policy\":"); });
    CHECK(error.code() >= 100 && !error.name().empty() && error.what()[0] != '\0');
    CHECK(error.details().find("\"findings\":[") != std::string::npos);
    const auto boundary = thrown([] { duebill::calculate("\xff"); });
    CHECK(boundary.code() == DUEBILL_INVALID_UTF8 && boundary.details().empty() && boundary.name() == "invalid-utf8");
    CHECK(thrown([] { duebill::calculate({}); }).code() >= 100);
}

void calls_across_logs_take_handles_of_any_number() {
    const auto rules = duebill::rulebook::compile(RULEBOOK);
    const auto log = duebill::log::open(ACCOUNT);
    CHECK(thrown([&] { duebill::aging(rules, {&log, nullptr}, "{}"); }).code() == DUEBILL_STALE_HANDLE);
    CHECK(thrown([&] { duebill::match_receipts(rules, log, {&log}, "{"); }).code() >= 100);
    CHECK(thrown([&] { duebill::closing(rules, {&log}, "{"); }).code() >= 100);
    CHECK(thrown([&] { duebill::plan_run(rules, {&log}, "{"); }).code() >= 100);
    CHECK(thrown([&] { duebill::close_run(rules, {&log}, "{"); }).code() >= 100);
    CHECK(thrown([&] { duebill::shadow_run(rules, {&log}, "{"); }).code() >= 100);
    CHECK(!duebill::reconcile(rules, {&log}, "{}").json().empty());
    CHECK(duebill::rows("").json() == "{\"records\":[],\"version\":1}");
    CHECK(!duebill::schema("").json().empty());
    CHECK(duebill::parse("{\"a\":[true]}").at("/a/0").integer == 1);
    CHECK(!duebill::verify("").json().empty());
}

void an_auditor_asks() {
    const auto rules = duebill::rulebook::compile(RULEBOOK);
    const auto account = duebill::log::open(ACCOUNT);
    CHECK(thrown([&] { rules.published(account); }).code() == DUEBILL_E_LOG_KIND);
    const auto daily = duebill::daily_head({&account}, "{\"day\":\"2026-01-31\",\"seller\":\"northwind\"}");
    const auto head = daily.raw("/head");
    CHECK(duebill::check_evidence("{", head).raw("/sound") == "false");
    CHECK(thrown([&] { duebill::evidence({&account}, "{"); }).code() >= 100);
    CHECK(thrown([] { duebill::check_inclusion("{"); }).code() >= 100);
    CHECK(thrown([] { duebill::compare_daily("{"); }).code() >= 100);
}

}  // namespace

int main() {
    handles_move();
    a_command_is_recorded();
    a_refusal_says_everything();
    calls_across_logs_take_handles_of_any_number();
    an_auditor_asks();
    return 0;
}
