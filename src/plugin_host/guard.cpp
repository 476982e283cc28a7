// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/guard.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "base/last_words.h"
#include "base/text.h"

namespace gnatter::plugin_host {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 100ms;
constexpr std::size_t failures_allowed = 3;
constexpr auto failures_remembered = 10min;
constexpr std::size_t longest_reason = 300;

/// One line that ends without its full stop, for a sentence goes on behind it.
std::string as_reason(std::string_view text) {
  std::string reason(text.substr(0, longest_reason));
  if (text.size() > longest_reason) {
    while (!reason.empty() && (static_cast<unsigned char>(text[reason.size()]) & 0xC0) == 0x80)
      reason.pop_back();  // not through the middle of a character
    reason += "...";
  } else if (reason.ends_with('.') && !reason.ends_with("..")) {
    reason.pop_back();
  }
  for (char& c : reason)
    if (c == '\n' || c == '\t') c = ' ';
  return base::safe_text(reason);
}

/// Inside a catch (...): what sort of thing it was.
std::string kind_of_current_exception() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (!type) return "an exception without words";
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, nullptr), &std::free);
  return "an exception without words (" + std::string(name ? name.get() : type->name()) + ')';
}

}  // namespace

/// A call that runs, and the one that it runs in.
class Guard::Running {
 public:
  Running(const Guard& guard, std::string_view where)
      : guard_(guard),
        around_(std::exchange(innermost, this)),
        words_(guard.who_, "in ", where),
        begin_(guard.now_()) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() { innermost = around_; }

  /// What it took by itself. Once, at its end.
  Clock::duration end() {
    const auto whole = guard_.now_() - begin_;
    if (around_) around_->inside_ += whole;
    return whole - inside_;
  }

 private:
  static inline thread_local Running* innermost = nullptr;

  const Guard& guard_;
  Running* const around_;
  const base::LastWords words_;
  const Clock::time_point begin_;
  Clock::duration inside_{};  // taken by the calls in it
};

Guard::Guard(base::EventLoop& loop, chat::Client& client, std::string plugin_name,
             std::function<Clock::time_point()> now)
    : loop_(loop), client_(client), plugin_(std::move(plugin_name)), now_(std::move(now)) {}

bool Guard::run(std::string_view where, const std::function<void()>& call) {
  if (switched_off_) return false;
  Running running(*this, where);
  std::string what;
  bool fine = false;
  try {
    call();
    fine = true;
  } catch (const std::exception& error) {
    const char* words = error.what();
    what = as_reason(words ? words : "");
  } catch (const std::string& words) {
    what = as_reason(words);
  } catch (const char* words) {
    what = as_reason(words ? words : "");
  } catch (...) {
    what = as_reason(kind_of_current_exception());
  }
  took(where, running.end());
  if (!fine) failed(where, what);
  return fine;
}

void Guard::failed(std::string_view where, const std::string& what) {
  const auto now = now_();
  while (!failures_.empty() && now - failures_.front() >= failures_remembered) failures_.pop_front();
  failures_.push_back(now);
  const bool again = !switched_off_ && failures_.size() < failures_allowed;
  tell("Plugin " + plugin_ + " failed in " + std::string(where) + ": " +
       (what.empty() ? "no reason given" : what) + (again ? ". It goes on." : "."));
  if (again || std::exchange(switched_off_, true)) return;
  tell("Plugin " + plugin_ + " failed three times and is switched off. /plugin reload " + plugin_);
}

void Guard::took(std::string_view where, Clock::duration time) {
  if (time <= patience || std::exchange(slowness_told_, true)) return;
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  tell("Plugin " + plugin_ + " took " + std::to_string(milliseconds) + " ms in " + std::string(where) +
       "; everything waits meanwhile.");
}

void Guard::tell(std::string sentence) {
  loop_.post([&client = client_, sentence = std::move(sentence)] {
    if (!client.networks().empty()) client.networks().front()->print(chat::LineKind::error, sentence);
  });
}

}  // namespace gnatter::plugin_host
