// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/event_loop.h"
#include "base/signal.h"
#include "chat/aliases.h"
#include "chat/attention.h"
#include "chat/backlog.h"
#include "chat/buffer_list.h"
#include "chat/command_table.h"
#include "chat/login.h"
#include "chat/network.h"
#include "chat/settings.h"
#include "chat/status_items.h"
#include "chat/target.h"

namespace gnatter::chat {

/// Something the client has to ask the user.
struct Question {
  std::string prompt;      ///< "Password for alice at home: "
  std::string suggestion;  ///< what stands there to be changed; empty for a secret
  bool secret = false;     ///< not shown while it is typed
  /// Once; nothing: it was not answered.
  std::function<void(const std::optional<std::string>&)> answered;
};

/// A target, and the network it is on.
struct Place {
  Network& network;
  Target target;
};

/// The client without a front end: networks, windows, commands. A front end feeds it lines and shows what its
/// windows and rosters signal. One thread.
class Client {
 public:
  using Connect = std::function<std::unique_ptr<transport::Connection>()>;
  /// Completes an account for /connect: the client id kept for it, the files for TLS, the user where none is
  /// given. Throws base::UserError with a sentence when it cannot.
  using Identify = std::function<Account(Account)>;

  Client(base::EventLoop& loop, Connect connect, Identify identify);

  /// A network that is not connected; `name`: as its table in the file is called, or empty where it has none
  /// and is called by its host. Its settings come with it.
  Network& add_network(const std::string& name = {});
  [[nodiscard]] const std::vector<std::unique_ptr<Network>>& networks() const { return networks_; }
  /// A network that the file describes and that has no window before it is connected. Its settings come with
  /// it.
  void define_network(const std::string& name);
  [[nodiscard]] const std::vector<std::string>& defined_networks() const { return defined_; }
  /// The file does not describe it any more, and its settings go. One that has windows stays, at the address
  /// it had.
  void forget_network(const std::string& name);
  /// The settings of a network of that name, be it there or not, if they are not there yet.
  void add_settings_of(const std::string& network);
  /// The network of that name, made when it is only defined. Null when there is none.
  Network* take_network_up(std::string_view name);
  /// By its name, else in any case; null when there is none, or it is only defined.
  [[nodiscard]] Network* find_network(std::string_view name) const;
  /// Throws base::UserError when there is none of that name.
  [[nodiscard]] Network& network_named(std::string_view name) const;
  /// Where a connection to something new goes: `here`, as long as that is nothing yet (Network::is_unused),
  /// else another such one, else a new network.
  Network& unused_network(Network& here);

  /// A typed line: "/command …", "/4" for the fourth window, "//text" for a text that begins with a slash, or
  /// a text for the current window. Throws base::UserError, also for blanks before a "/word": nothing with a
  /// slash is sent unasked.
  void enter(std::string_view line);

  /// Takes TARGET off the front of `rest`: a name (take_word, to_target), `*` the current window, `,` who
  /// wrote to us last, `.` whom we wrote to last; "work/" or "-work " before it names another network than
  /// `here`. `group_without_mark`: see to_target. Throws base::UserError.
  [[nodiscard]] Place take_place(Network& here, std::string_view& rest,
                                 bool group_without_mark = false) const;
  /// Every target of `rest`, as groups with or without their mark.
  [[nodiscard]] std::vector<Place> take_groups(Network& here, std::string_view rest) const;

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
  void connect(Network& network, Account account);
  [[nodiscard]] Account identified(Account account) const { return identify_(std::move(account)); }
  [[nodiscard]] base::EventLoop& loop() const { return loop_; }

  /// How the user is asked; empty: there is nobody to ask, and what is usual is taken.
  std::function<void(Question)> ask;
  /// Finds the password that the settings of a network lead to, in a later turn or at once; empty: nobody
  /// does.
  FindPassword find_password;
  /// Who the user is on this machine: the name that is suggested.
  std::string login_name;

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
  void follow(Network& network);
  Network* take_network(std::string_view& rest) const;
  void run_command(std::string_view line, int depth = 0);
  void show_window(std::string_view number);

  base::EventLoop& loop_;
  const Connect connect_;
  const Identify identify_;
  std::vector<std::unique_ptr<Network>> networks_;
  std::vector<std::string> defined_;
  std::vector<Subscription> rows_;                                 // of commands and settings
  std::map<std::string, std::vector<Subscription>> network_rows_;  // of the settings of each
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::chat
