// duebill for C++17: ownership and exceptions over duebill.h, and nothing else. What each call does is said there.
//
// Handles are move-only and free themselves. A view or a text taken from a result lives as long as that result.
#ifndef DUEBILL_HPP
#define DUEBILL_HPP

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "duebill.h"

namespace duebill {

namespace detail {

/// Owns one handle of one type.
template <duebill_status (*Free)(std::uint64_t)>
class handle {
public:
    handle() noexcept = default;
    explicit handle(std::uint64_t id) noexcept : id_(id) {}
    handle(const handle &) = delete;
    handle &operator=(const handle &) = delete;
    handle(handle &&other) noexcept : id_(std::exchange(other.id_, 0)) {}
    handle &operator=(handle &&other) noexcept {
        std::swap(id_, other.id_);
        return *this;
    }
    ~handle() { Free(id_); }

    /// The number that the functions of duebill.h take; still owned here.
    std::uint64_t id() const noexcept { return id_; }

private:
    std::uint64_t id_ = 0;
};

inline std::string_view text(const duebill_text &text) noexcept { return {text.data, text.length}; }

}  // namespace detail

/// A document made by the library.
class result : public detail::handle<duebill_result_free> {
public:
    using handle::handle;

    /// The whole document.
    std::string_view json() const;
    /// The value at a JSON pointer, if there is one.
    std::optional<duebill_view> find(std::string_view pointer) const;
    /// The value at a JSON pointer; throws if there is none.
    duebill_view at(std::string_view pointer) const;
    /// Exactly the bytes of the value at a JSON pointer.
    std::string_view raw(std::string_view pointer) const { return detail::text(at(pointer).raw); }
    /// The content of the string at a JSON pointer.
    std::string_view text(std::string_view pointer) const { return detail::text(at(pointer).text); }
};

/// What a failed call says: `what()` is its sentence, `code()` its stable number.
class error : public std::runtime_error {
public:
    explicit error(const duebill_error &raw)
        : std::runtime_error(raw.message), code_(raw.code), offset_(raw.offset), name_(raw.name), pointer_(raw.pointer) {
        result whole(raw.details);
        duebill_text json = {};
        if (duebill_result_data(whole.id(), &json, nullptr) == DUEBILL_OK) details_ = detail::text(json);
    }

    duebill_status code() const noexcept { return code_; }
    /// Where the first bad byte of a text is that is not UTF-8.
    std::uint64_t offset() const noexcept { return offset_; }
    /// The code's name in kebab case.
    const std::string &name() const noexcept { return name_; }
    /// Where in the input the first finding is.
    const std::string &pointer() const noexcept { return pointer_; }
    /// The whole refusal as JSON; empty for a code of the boundary.
    const std::string &details() const noexcept { return details_; }

private:
    duebill_status code_;
    std::uint64_t offset_;
    std::string name_;
    std::string pointer_;
    std::string details_;
};

namespace detail {

/// Throws what a call left in `raw`, if it failed.
inline void check(duebill_status status, const duebill_error &raw) {
    if (status != DUEBILL_OK) throw error(raw);
}

/// Runs a call with one output and an error, and owns the output. An empty text is never passed as NULL.
template <typename Owner, typename Call>
Owner make(Call call) {
    duebill_error raw = {};
    std::uint64_t id = 0;
    check(call(&id, &raw), raw);
    return Owner(id);
}

inline const char *data(std::string_view text) noexcept { return text.data() == nullptr ? "" : text.data(); }

}  // namespace detail

inline std::string_view result::json() const {
    duebill_error raw = {};
    duebill_text whole = {};
    detail::check(duebill_result_data(id(), &whole, &raw), raw);
    return detail::text(whole);
}

inline std::optional<duebill_view> result::find(std::string_view pointer) const {
    duebill_error raw = {};
    duebill_view view = {};
    const auto status = duebill_result_get(id(), detail::data(pointer), pointer.size(), &view, &raw);
    if (status == DUEBILL_NOT_FOUND) return std::nullopt;
    detail::check(status, raw);
    return view;
}

inline duebill_view result::at(std::string_view pointer) const {
    duebill_error raw = {};
    duebill_view view = {};
    detail::check(duebill_result_get(id(), detail::data(pointer), pointer.size(), &view, &raw), raw);
    return view;
}

class log;

/// A compiled rulebook.
class rulebook : public detail::handle<duebill_rulebook_free> {
public:
    using handle::handle;

    static rulebook compile(std::string_view document) {
        return detail::make<rulebook>([&](auto out, auto err) {
            return duebill_rulebook_compile(detail::data(document), document.size(), out, err);
        });
    }
    /// A second rulebook with one customer's terms added or replaced.
    rulebook with_terms(std::string_view document) const {
        return detail::make<rulebook>([&](auto out, auto err) {
            return duebill_rulebook_add_terms(id(), detail::data(document), document.size(), out, err);
        });
    }
    result rate(std::string_view work) const {
        return detail::make<result>(
            [&](auto out, auto err) { return duebill_rate(id(), detail::data(work), work.size(), out, err); });
    }
    /// A second rulebook that knows what was published of it up to now.
    rulebook published(const log &publication) const;
};

/// An account, a cash book, a publication of rules or a series.
class log : public detail::handle<duebill_log_free> {
public:
    using handle::handle;

    static log open(std::string_view address) {
        return detail::make<log>(
            [&](auto out, auto err) { return duebill_log_open(detail::data(address), address.size(), out, err); });
    }
    result decide(const rulebook &rules, std::string_view command) const {
        return detail::make<result>([&](auto out, auto err) {
            return duebill_log_decide(id(), rules.id(), detail::data(command), command.size(), out, err);
        });
    }
    void apply(std::string_view record, std::string_view hash, std::string_view detached = {}) {
        duebill_error raw = {};
        detail::check(duebill_log_apply(id(), detail::data(record), record.size(), detail::data(hash), hash.size(),
                                        detached.data(), detached.size(), &raw),
                      raw);
    }
    result head() const {
        return detail::make<result>([&](auto out, auto err) { return duebill_log_head(id(), out, err); });
    }
    /// The sequence of the record that a command made, if it is recorded.
    std::optional<std::uint64_t> recorded(std::string_view command_id) const {
        duebill_error raw = {};
        std::uint64_t sequence = 0;
        const auto status = duebill_log_recorded(id(), detail::data(command_id), command_id.size(), &sequence, &raw);
        if (status == DUEBILL_NOT_FOUND) return std::nullopt;
        detail::check(status, raw);
        return sequence;
    }
    result report(const rulebook &rules, std::string_view request) const {
        return detail::make<result>([&](auto out, auto err) {
            return duebill_log_report(id(), rules.id(), detail::data(request), request.size(), out, err);
        });
    }
};

inline rulebook rulebook::published(const log &publication) const {
    return detail::make<rulebook>(
        [&](auto out, auto err) { return duebill_rulebook_published(id(), publication.id(), out, err); });
}

namespace detail {

inline std::vector<duebill_log> ids(const std::vector<const log *> &logs) {
    std::vector<duebill_log> ids;
    ids.reserve(logs.size());
    for (const log *each : logs) ids.push_back(each == nullptr ? 0 : each->id());
    return ids;
}

}  // namespace detail

inline result match_receipts(const rulebook &rules, const log &book, const std::vector<const log *> &accounts,
                             std::string_view request) {
    const auto ids = detail::ids(accounts);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_match_receipts(rules.id(), book.id(), ids.data(), ids.size(), detail::data(request),
                                      request.size(), out, err);
    });
}

inline result aging(const rulebook &rules, const std::vector<const log *> &logs, std::string_view request) {
    const auto ids = detail::ids(logs);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_aging(rules.id(), ids.data(), ids.size(), detail::data(request), request.size(), out, err);
    });
}

inline result summary(const rulebook &rules, const std::vector<const log *> &accounts, std::string_view request) {
    const auto ids = detail::ids(accounts);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_summary(rules.id(), ids.data(), ids.size(), detail::data(request), request.size(), out, err);
    });
}

inline result closing(const rulebook &rules, const std::vector<const log *> &logs, std::string_view request) {
    const auto ids = detail::ids(logs);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_closing(rules.id(), ids.data(), ids.size(), detail::data(request), request.size(), out, err);
    });
}

inline result plan_run(const rulebook &rules, const std::vector<const log *> &accounts, std::string_view request) {
    const auto ids = detail::ids(accounts);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_plan_run(rules.id(), ids.data(), ids.size(), detail::data(request), request.size(), out, err);
    });
}

inline result close_run(const rulebook &rules, const std::vector<const log *> &logs, std::string_view request) {
    const auto ids = detail::ids(logs);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_close_run(rules.id(), ids.data(), ids.size(), detail::data(request), request.size(), out, err);
    });
}

inline result reconcile(const rulebook &rules, const std::vector<const log *> &logs, std::string_view request) {
    const auto ids = detail::ids(logs);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_reconcile(rules.id(), ids.data(), ids.size(), detail::data(request), request.size(), out, err);
    });
}

inline result shadow_run(const rulebook &rules, const std::vector<const log *> &accounts, std::string_view request) {
    const auto ids = detail::ids(accounts);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_shadow_run(rules.id(), ids.data(), ids.size(), detail::data(request), request.size(), out, err);
    });
}

inline result daily_head(const std::vector<const log *> &logs, std::string_view request) {
    const auto ids = detail::ids(logs);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_daily_head(ids.data(), ids.size(), detail::data(request), request.size(), out, err);
    });
}

inline result check_inclusion(std::string_view request) {
    return detail::make<result>(
        [&](auto out, auto err) { return duebill_check_inclusion(detail::data(request), request.size(), out, err); });
}

inline result compare_daily(std::string_view request) {
    return detail::make<result>(
        [&](auto out, auto err) { return duebill_compare_daily(detail::data(request), request.size(), out, err); });
}

inline result evidence(const std::vector<const log *> &logs, std::string_view request) {
    const auto ids = detail::ids(logs);
    return detail::make<result>([&](auto out, auto err) {
        return duebill_evidence(ids.data(), ids.size(), detail::data(request), request.size(), out, err);
    });
}

inline result check_evidence(std::string_view package, std::string_view daily) {
    return detail::make<result>([&](auto out, auto err) {
        return duebill_check_evidence(detail::data(package), package.size(), detail::data(daily), daily.size(), out, err);
    });
}

/// Without a saved head the best answer is "consistent, unanchored".
inline result verify(std::string_view lines, std::optional<std::string_view> head = std::nullopt) {
    return detail::make<result>([&](auto out, auto err) {
        return duebill_verify(detail::data(lines), lines.size(), head ? detail::data(*head) : nullptr,
                              head ? head->size() : 0, out, err);
    });
}

inline result rows(std::string_view lines) {
    return detail::make<result>(
        [&](auto out, auto err) { return duebill_rows(detail::data(lines), lines.size(), out, err); });
}

inline result calculate(std::string_view request) {
    return detail::make<result>(
        [&](auto out, auto err) { return duebill_calculate(detail::data(request), request.size(), out, err); });
}

/// Any JSON document of the host, to be read by pointers.
inline result parse(std::string_view document) {
    return detail::make<result>([&](auto out, auto err) {
        return duebill_document_parse(detail::data(document), document.size(), out, err);
    });
}

inline result schema(std::string_view name) {
    return detail::make<result>(
        [&](auto out, auto err) { return duebill_schema(detail::data(name), name.size(), out, err); });
}

}  // namespace duebill

#endif
