// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/user_error.h"
#include "gnatter/subscription.h"

namespace gnatter::chat {

class Client;
class Network;
class Buffer;

/// One run of a command: where it was typed and what stands behind its name.
struct CommandCall {
  Client& client;
  Network& network;  ///< the window's
  Buffer& window;
  std::string_view arguments;  ///< after the name and one blank, verbatim

  /// A sentence of the answer, in the window where the command was typed.
  void print(std::string_view sentence) const;
};

/// One row: what a command is called, takes, does. /help, completion and the manual's check come from it.
struct Command {
  std::string name;  ///< lower case, without the slash
  std::vector<std::string> aliases;
  std::string usage;    ///< arguments alone: "USER [TEXT]"; empty for none
  std::string summary;  ///< one sentence without its full stop; empty: only says why not, and is not listed
  bool whole_name = false;  ///< no prefix of the name will do
  /// Throws base::UserError for what the user got wrong.
  std::function<void(CommandCall&)> run;
  std::string group = {};  ///< the heading it stands under in /help; empty: a plugin's
};

/// No command is called so.
class UnknownCommand : public base::UserError {
 public:
  using base::UserError::UserError;
};

/// The commands by name. One thread.
class CommandTable {
 public:
  /// The Subscription ends it; empty when the name or an alias is taken. `core`: prefixes of it go before
  /// others'.
  [[nodiscard]] Subscription add(Command command, bool core);

  /// Exact name, alias, unique prefix of a core command, unique prefix of another; any case. Throws
  /// UnknownCommand when there is none, base::UserError when there is more than one.
  [[nodiscard]] std::shared_ptr<const Command> find(std::string_view name) const;

  /// Whether one has exactly this name or alias, in any case.
  [[nodiscard]] bool has(std::string_view name) const;

  /// In order of their names.
  [[nodiscard]] std::vector<std::shared_ptr<const Command>> all() const;

 private:
  struct Row {
    std::shared_ptr<const Command> command;
    bool core;
  };
  std::shared_ptr<const Command> named(std::string_view name) const;
  std::shared_ptr<const Command> prefixed(std::string_view name, bool core) const;
  std::string nearest(std::string_view name) const;

  std::shared_ptr<std::vector<Row>> rows_ = std::make_shared<std::vector<Row>>();
};

}  // namespace gnatter::chat
