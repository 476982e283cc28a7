// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "chat/buffer_list.h"
#include "chat/messenger.h"
#include "chat/raw_topics.h"
#include "chat/roster.h"
#include "chat/session.h"

namespace gnatter::chat {

/// One broker and account, with everything that belongs to it. The client holds several. One thread.
class Network {
 public:
  Network(std::uint64_t id, base::EventLoop& loop, BufferList& buffers,
          std::unique_ptr<transport::Connection> connection, std::string name = {});

  /// Connects, after an orderly end of what was before. Another account begins with no groups and nobody
  /// here.
  void connect(Account account);
  /// Whether that is another broker or user than the last, or the way there is not encrypted any more:
  /// groups, roster and what waits are not for it. The same host by TLS rather than plain is the same broker,
  /// at another port too.
  [[nodiscard]] bool is_elsewhere(const Account& account) const;
  /// Throws base::UserError when lines wait for a broker that is not there, and connecting as `account` would
  /// lose them.
  void check_waiting(const Account& account) const;
  /// Ends the connection in order, one that is being made too, and says so.
  void disconnect();

  [[nodiscard]] std::uint64_t id() const { return id_; }
  /// Whether the user has given it a name, in the file or on the command line: it stays what it is.
  [[nodiscard]] bool is_configured() const { return configured_; }
  /// From now on it is like one that somebody has typed.
  void leave_the_file() { configured_ = false; }
  /// Nothing has come of it yet: no broker has ever let us in, and nobody tries.
  [[nodiscard]] bool is_unused() const {
    return !configured_ && !was_ready_ && session.state() == Session::State::off;
  }
  /// As sentences call it: the account's name for it, else the host.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& user() const { return session.account().user; }
  /// The window of the network itself.
  [[nodiscard]] Buffer& window() { return buffers_.open(*this, BufferKind::network, {}); }

  /// A sentence in the network's window.
  void print(LineKind kind, std::string_view sentence);

  [[nodiscard]] protocol::Status self_status() const { return self_status_; }
  void set_self_status(protocol::Status status);
  /// The old one and the new one.
  base::Signal<protocol::Status, protocol::Status> self_status_changed;
  /// Patterns (fnmatch, any case) of names whose lines do not appear, for this run.
  std::set<std::string, std::less<>> ignored;
  [[nodiscard]] bool ignores(std::string_view user) const;

  /// Somebody typed where it is: its settings are for /save to keep, once a broker has let us in.
  bool is_to_be_kept = false;

  /// Whether somebody keeps the roster (the presence plugin): without, an empty one means nothing.
  bool roster_kept = false;

 private:
  void begin();
  void tell_connection();

  const std::uint64_t id_;
  BufferList& buffers_;
  std::string name_;
  bool configured_;
  bool was_ready_ = false;
  protocol::Status self_status_ = protocol::Status::online;
  bool was_lost_ = false;
  bool tls_told_ = false;        // of this outage: that TLS is not as it should be
  std::optional<Account> next_;  // to connect as, once what was before has ended

 public:
  Session session;
  Roster roster;
  Messenger messenger;
  RawTopics raw_topics;

 private:
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::chat
