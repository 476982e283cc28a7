// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/event_loop.h"
#include "base/signal.h"
#include "chat/aliases.h"
#include "chat/attention.h"
#include "chat/backlog.h"
#include "chat/buffer_list.h"
#include "chat/command_table.h"
#include "chat/network.h"
#include "chat/settings.h"
#include "chat/status_items.h"
#include "chat/target.h"

namespace gnatter::chat {

/// The client without a front end: networks, windows, commands. A front end feeds it lines and shows what its
/// windows and rosters signal. One thread.
class Client {
 public:
  using Connect = std::function<std::unique_ptr<transport::Connection>()>;
  /// Completes an account for /connect: the client id kept for it, the files for TLS, the user where none is
  /// given. Throws base::UserError with a sentence when it cannot.
  using Identify = std::function<Account(Account)>;

  Client(base::EventLoop& loop, Connect connect, Identify identify);

  Network& add_network();
  [[nodiscard]] const std::vector<std::unique_ptr<Network>>& networks() const { return networks_; }

  /// A typed line: "/command …", "/4" for the fourth window, "//text" for a text that begins with a slash, or
  /// a text for the current window. Throws base::UserError, also for blanks before a "/word": nothing with a
  /// slash is sent unasked.
  void enter(std::string_view line);

  /// Takes TARGET off the front of `rest`: a name (take_word, to_target), `*` the current window, `,` who
  /// wrote to us last, `.` whom we wrote to last. Throws base::UserError.
  [[nodiscard]] Target take_target(const Network& network, std::string_view& rest) const;

  /// The network of the current window. Throws base::UserError when there is none.
  [[nodiscard]] Network& current_network() const;
  /// The target of the current window. Throws base::UserError when it is not one to talk to.
  [[nodiscard]] Target current_target() const;
  [[nodiscard]] Network& network_of(const Buffer& window) const;

  /// Lines that no broker has taken yet, those refused not counted.
  [[nodiscard]] std::size_t unsent() const;

  /// Ends every connection in order (P10), then `done`.
  void leave(Cause cause, std::function<void()> done);

  /// Throws base::UserError as Identify does.
  void connect(Network& network, Account account) { network.connect(identified(std::move(account))); }
  [[nodiscard]] Account identified(Account account) const { return identify_(std::move(account)); }
  [[nodiscard]] base::EventLoop& loop() const { return loop_; }

  Settings settings;
  Backlog backlog;
  StatusItems status_items;
  Attention attention;
  BufferList buffers;
  CommandTable commands;
  Aliases aliases;  ///< for this run
  base::Signal<Network&> network_added;
  /// /quit: the front end ends the client in its own way.
  base::Signal<> quit_asked;

 private:
  void run_command(std::string_view line, int depth = 0);
  void show_window(std::string_view number);

  base::EventLoop& loop_;
  const Connect connect_;
  const Identify identify_;
  std::vector<std::unique_ptr<Network>> networks_;
  std::vector<Subscription> command_rows_;
};

}  // namespace gnatter::chat
