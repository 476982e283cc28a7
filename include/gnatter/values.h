// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What plugins and the client speak of: names, moments, lines.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "gnatter/protocol.h"

namespace gnatter {

using protocol::Status;

/// One broker and account. Numbers, never reused while the client runs.
using NetworkId = std::uint64_t;

/// One window, from when it is opened to when it is closed. Numbers, never reused while the client runs; 0 is
/// none.
using WindowId = std::uint64_t;

/// A moment of the wall clock, in milliseconds.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Whom one talks to: a user or a group of one network.
struct Target {
  enum class Kind { user, group };
  NetworkId network = 0;
  Kind kind = Kind::user;
  std::string name;  ///< without "#"; as the wire has it, not yet safe to show

  static Target user(NetworkId network, std::string_view name) {
    return {network, Kind::user, std::string(name)};
  }
  static Target group(NetworkId network, std::string_view name) {
    return {network, Kind::group, std::string(name)};
  }
  /// As the user writes it: "bob", "#dev".
  std::string shown() const { return kind == Kind::group ? '#' + name : name; }
};

enum class LineKind {
  message,
  action,    ///< the text without "/me "
  notice,    ///< an automatic reply
  presence,  ///< who came, went, is away: a sentence, nobody speaks
  info,      ///< a sentence of the client's or a plugin's
  error,     ///< trouble, in a sentence
};

/// A line of a window.
struct Line {
  Time time{};
  LineKind kind = LineKind::info;
  std::string sender;  ///< empty where nobody speaks
  std::string text;
};

enum class Tone { plain, warn };

/// What a setting holds: true or false, a number, or a text.
using SettingValue = std::variant<bool, std::int64_t, std::string>;

}  // namespace gnatter
