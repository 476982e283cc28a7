// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/network.h"

#include <fnmatch.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/letter_case.h"
#include "chat/tls_words.h"
#include "chat/words.h"

namespace gnatter::chat {
namespace {

/// One with a name is the same wherever it listens; another, where it begins to be encrypted, too.
bool same_broker(const Account& a, const Account& b) {
  if (a.name != b.name) return false;
  return !a.name.empty() || (a.host == b.host && (a.port == b.port || a.security != b.security));
}

/// What was written for a line that nobody reads along must not go out on one where anybody does.
bool keeps_secrets_of(const Account& last, const Account& next) {
  return last.security == Security::plain || next.security != Security::plain;
}

}  // namespace

Network::Network(std::uint64_t id, base::EventLoop& loop, BufferList& buffers,
                 std::unique_ptr<transport::Connection> connection, std::string name)
    : id_(id),
      buffers_(buffers),
      name_(std::move(name)),
      configured_(!name_.empty()),
      session(loop, std::move(connection)),
      messenger(loop, buffers, *this, session),
      raw_topics(loop, buffers, *this) {
  tell_connection();
  listening_.push_back(roster.dropped.connect([this] { messenger.count_dropped(); }));
}

void Network::connect(Account account) {
  next_ = std::move(account);
  if (session.state() == Session::State::off) return begin();
  session.leave(Cause::disconnect, [this] { begin(); });
}

void Network::disconnect() {
  next_.reset();  // the last word counts
  session.leave(Cause::disconnect, [this] {
    print(LineKind::info, "Disconnected from " + name_ + ". /connect takes it up again.");
  });
}

bool Network::is_elsewhere(const Account& account) const {
  const Account& last = session.account();
  if (last.host.empty()) return false;
  return !same_broker(last, account) || !keeps_secrets_of(last, account) || last.user != account.user;
}

void Network::check_waiting(const Account& account) const {
  const std::size_t waiting = session.outbox().size();
  if (waiting == 0 || session.state() == Session::State::ready || !is_elsewhere(account)) return;
  throw base::UserError(base::counted(waiting, "line waits", "lines wait") + " for " + name_ +
                        " and would be lost. /pending lists them, /discard all forgets them.");
}

void Network::begin() {
  if (!next_) return;
  Account account = *std::exchange(next_, std::nullopt);
  if (is_elsewhere(account)) {
    session.outbox().discard_all();  // it was written to others, under another name
    messenger.start_anew();
    session.subscriptions().forget_refusals();
    roster.clear();
  }
  name_ = account.name.empty() ? account.host : account.name;
  was_lost_ = false;
  messenger.set_user(account.user);
  session.start(std::move(account));
}

void Network::print(LineKind kind, std::string_view sentence) {
  window().print(kind, sentence);
}

void Network::set_self_status(protocol::Status status) {
  const protocol::Status old = std::exchange(self_status_, status);
  if (old != status) self_status_changed.emit(old, status);
}

bool Network::ignores(std::string_view name) const {
  if (ignored.empty() || name == user()) return false;
  const std::string small = folded(name);
  return std::any_of(ignored.begin(), ignored.end(), [&](const std::string& pattern) {
    return fnmatch(folded(pattern).c_str(), small.c_str(), FNM_NOESCAPE) == 0;
  });
}

void Network::tell_connection() {
  listening_.push_back(session.connected.connect([this](const transport::Opened& opened) {
    if (was_lost_) return;
    print(LineKind::info, words::connected(session.account(), opened));
    if (const auto warning = words::plain_line(session.account())) print(LineKind::info, *warning);
    if (!opened.tls) return;
    for (const std::string& note : words::certificate_notes(session.account(), *opened.tls))
      print(LineKind::info, note);
  }));
  listening_.push_back(session.ready.connect([this](bool) {
    tls_told_ = false;
    was_ready_ = true;
    if (std::exchange(was_lost_, false)) print(LineKind::info, words::back(name_, session.outbox().size()));
  }));
  listening_.push_back(session.lost.connect([this](const transport::Lost& lost, auto retry_in) {
    was_lost_ = true;
    print(LineKind::error, words::lost(name_, lost, retry_in));
    if (session.short_lives() == 3)
      print(LineKind::error, words::perhaps_taken_over(name_, session.account().client_id));
  }));
  // While a lost line is tried again, that is not said: nobody wants a sentence a minute. That something else
  // than the broker is there is said once.
  listening_.push_back(session.failed.connect([this](const transport::Failure& failure, auto retry_in) {
    const bool news = words::is_about_tls(failure.reason) && !std::exchange(tls_told_, true);
    if (was_lost_ && retry_in && !news) return;
    print(LineKind::error, words::failed(session.account(), failure, retry_in));
  }));
}

}  // namespace gnatter::chat
