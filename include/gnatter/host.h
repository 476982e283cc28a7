// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the client does for a plugin.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gnatter/events.h"
#include "gnatter/network.h"
#include "gnatter/subscription.h"
#include "gnatter/values.h"

namespace gnatter {

/// A command as /help shows it.
struct CommandRow {
  std::string name;  ///< without the slash, lower case
  std::vector<std::string> aliases;
  std::string usage;    ///< arguments alone: "online|away|dnd"
  std::string summary;  ///< one sentence
};

/// One run of a command; lives for the callback.
class CommandCall {
 public:
  virtual std::string_view arguments() const = 0;  ///< everything after the name and one blank
  virtual void print(std::string_view sentence) = 0;
  /// The user's mistake, in a sentence that says what would be right. Nothing more is done.
  virtual void refuse(std::string_view sentence) = 0;

  /// Where it was typed. Since 1.1.
  virtual Network& network() = 0;
  virtual WindowId window() const = 0;
  virtual std::optional<Target> target() const = 0;  ///< nothing: nobody to talk to there
  /// Shows a window: only the user's own command moves what the user sees.
  virtual void show(WindowId window) = 0;

 protected:
  ~CommandCall() = default;
};

struct SayOptions {
  LineKind kind = LineKind::message;  ///< message or action
  /// Nobody typed it: others see a notice, are not alarmed, and no robot answers it.
  bool automatic = false;
};

/// What can be set; the plugin's name and a dot come before its name: "text" of answer is answer.text.
struct SettingRow {
  std::string name;
  SettingValue initial;  ///< its type is the setting's
  std::string summary;   ///< one sentence without its full stop
  /// What is wrong with a value of the right type, in a sentence that says what would be right; empty text:
  /// nothing.
  std::function<std::string(const SettingValue&)> check = {};
  std::function<void()> changed = {};
};

/// A few words of the plugin's in the status line, as long as this lives.
class StatusItem {
 public:
  virtual ~StatusItem() = default;
  /// One row; an empty text takes it away.
  virtual void set(Tone tone, std::string_view text) = 0;
};

/// What becomes of an AppendFile's lines. Each may be empty.
struct AppendEvents {
  std::function<void(std::string_view why)>
      failed;                       ///< "disk full": told once, until it can be written again
  std::function<void()> recovered;  ///< all that waited is written
  /// The file is on the disk up to `size` bytes; the last line in it has this mark. At most once a second.
  std::function<void(std::uint64_t size, std::uint64_t mark)> synced;
};

/// A file that grows by lines, written by a thread of the client's, in order, each line by one write(2). It
/// is made with mode 0600 and its directories with 0700, whatever the umask; one that was moved or removed is
/// begun anew within a second. What cannot be written waits in memory, 10,000 lines and 8 MiB at most, and is
/// written when it can be. What waits when this is destroyed is still written.
class AppendFile {
 public:
  virtual ~AppendFile() = default;
  /// Without its newline; one within is written as `\n`.
  virtual void line(std::string_view text, std::uint64_t mark = 0) = 0;
  /// Lines that wait, the oldest first.
  virtual std::vector<std::string> unwritten() const = 0;
  virtual std::size_t waiting() const = 0;
  /// Lines that found no room to wait, in all.
  virtual std::size_t lost() const = 0;
};

/// A program to be run beside the client, never through a shell.
struct ChildPlan {
  std::vector<std::string> words;  ///< the program, looked up in PATH, and its arguments
  std::string input = {};          ///< all of its standard input
  std::vector<std::pair<std::string, std::string>> environment = {};  ///< beside the client's own
  std::chrono::milliseconds patience{0};  ///< it is ended then; 0: as long as it takes
};

struct ChildEnd {
  enum class Kind { exited, signalled, took_too_long, not_started };
  Kind kind = Kind::exited;
  int code = 0;           ///< the exit code, or the signal
  std::string complaint;  ///< the first line of its standard error, safe to show, or why it did not start
};

/// Where a plugin's files belong. Nothing is made yet: open_append() makes what it needs.
struct Directories {
  std::filesystem::path data;   ///< its own: $XDG_DATA_HOME/gnatter/NAME
  std::filesystem::path state;  ///< the client's: $XDG_STATE_HOME/gnatter
};

class Host {
 public:
  /// Before every attempt to connect, repeated ones too.
  virtual Subscription on_connecting(std::function<void(Network&, ConnectPlan&)> function) = 0;
  /// After the last SUBACK of P9, the core's and refused ones included, and before any of the user's
  /// messages.
  virtual Subscription on_ready(std::function<void(Network&, bool session_present)> function) = 0;
  /// The line was lost.
  virtual Subscription on_off(std::function<void(Network&)> function) = 0;
  /// The connection is about to be ended in order, or this plugin to be unloaded (Cause::unload): DISCONNECT,
  /// or the unload, waits until every copy of the Hold is gone, 2 s at most.
  virtual Subscription on_leaving(std::function<void(Network&, Cause, Hold)> function) = 0;

  virtual std::vector<NetworkId> networks() const = 0;
  /// Null when there is none of that id (any more).
  virtual Network* network(NetworkId id) = 0;

  /// A name that is taken stays with whoever has it, and the Subscription is empty.
  virtual Subscription add_command(CommandRow row, std::function<void(CommandCall&)> function) = 0;

  /// Once, after `delay`.
  virtual Subscription after(std::chrono::milliseconds delay, std::function<void()> function) = 0;

  // Since 1.1.

  virtual Subscription on_message(Want want, std::function<void(const MessageEvent&)> function) = 0;
  virtual Subscription on_line(std::function<void(const LineEvent&)> function) = 0;
  virtual Subscription on_self_status(std::function<void(const SelfStatusEvent&)> function) = 0;
  /// Windows of groups and users begin with lines from before, and get more as somebody scrolls up:
  /// `function` gives at most as many as are wanted, the oldest first; none when there are none. Of several
  /// the one added last that has any is taken. They are made safe to show, and not told to on_line.
  virtual Subscription add_history(std::function<std::vector<Line>(const HistoryRequest&)> function) = 0;

  /// Says something as if it were typed, but after what is being told now has been told to everybody: it
  /// waits for the broker like any other line. Trouble is told to the user. A chain of more than eight
  /// plugins answering one another is cut, and so are more than five automatic lines a minute to one target.
  virtual void say(const Target& target, std::string_view text, SayOptions options = {}) = 0;

  /// Whether somebody can be taken to see what comes into this window: it is shown, at its newest line, on a
  /// terminal that says it has the focus.
  virtual bool in_view(WindowId window) const = 0;
  /// A window of the plugin's own, for lines of its own: nobody can be talked to in it. The focus stays where
  /// it is. `closed`, which may be empty: the user closed it; prints to it do nothing then. 0: there is no
  /// such network.
  virtual WindowId open_window(NetworkId network, std::string_view name, std::function<void()> closed) = 0;
  /// A line into a window of this plugin's own, made safe to show.
  virtual void print(WindowId window, const Line& line) = 0;

  /// The terminal's bell. False: there is no terminal.
  virtual bool ring() = 0;
  /// Has the terminal do an operating system command (OSC) with this body: "9;text", "777;notify;title;text".
  /// It goes through tmux and screen when inside one; control characters in it are taken out. False: there is
  /// no terminal.
  virtual bool command_terminal(std::string_view body) = 0;

  virtual std::unique_ptr<StatusItem> add_status_item() = 0;
  /// The setting's value, from now until the plugin is unloaded, now and after each change; see Setting.
  /// Null: the name is taken, or says more than letters, digits, `-` and `_`.
  virtual std::shared_ptr<const SettingValue> add_setting(SettingRow row) = 0;

  virtual Directories directories() = 0;
  /// `path` is absolute. Nothing is touched before the first line. Null: it is not absolute.
  virtual std::unique_ptr<AppendFile> open_append(const std::filesystem::path& path, AppendEvents events) = 0;
  /// `on_line` has each line that it prints, without the newline, as it came; `on_end` comes once, last. Both
  /// may be empty. The end of the Subscription ends the program.
  virtual Subscription run_child(ChildPlan plan, std::function<void(std::string_view)> on_line,
                                 std::function<void(const ChildEnd&)> on_end) = 0;

  /// Web addresses in a text, in their order.
  virtual std::vector<std::string> urls(std::string_view text) const = 0;
  /// Fields with tabs between them; tab, newline and backslash in a field as `\t`, `\n`, `\\`.
  virtual std::string tsv(const std::vector<std::string>& fields) const = 0;
  /// 2026-11-22T10:54:39.123+01:00, local.
  virtual std::string iso_time(Time time) const = 0;
  /// From 0 to `below` - 1, each as likely; 0 for 0.
  virtual std::uint32_t random(std::uint32_t below) = 0;

 protected:
  ~Host() = default;
};

/// A setting of type T (bool, std::int64_t or std::string), read where it is needed.
template <class T>
class Setting {
 public:
  Setting(Host& host, SettingRow row)
      : initial_(std::get<T>(row.initial)), value_(host.add_setting(std::move(row))) {}
  Setting(Host& host, std::string name, T initial, std::string summary)
      : Setting(host, SettingRow{std::move(name), std::move(initial), std::move(summary)}) {}

  const T& get() const { return value_ ? std::get<T>(*value_) : initial_; }

 private:
  T initial_;
  std::shared_ptr<const SettingValue> value_;
};

}  // namespace gnatter
