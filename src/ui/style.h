// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace gnatter::ui {

/// What a cell means; the theme says how that looks. No meaning by colour alone: beside every one stands a
/// mark or word.
enum class Role : std::uint8_t {
  text,
  dim,  ///< time, bars, rules, hints
  self,
  name_0,
  name_1,
  name_2,
  name_3,
  name_4,
  name_5,
  name_6,
  name_7,
  name_8,
  name_9,
  name_10,
  name_11,
  mention,
  direct,
  accent,  ///< the current window
  command,
  bar,  ///< title and status line
  bar_dim,
  bar_accent,
  bar_warn,    ///< PLAIN, not logging
  bar_error,   ///< OFF
  bar_direct,  ///< a direct message or mention waits
  info,
  error,
  pending,
  refused,
  marker,  ///< the rule of what is new
  link,
  online,
  away,
  dnd,
  chosen,  ///< the chosen row of a list
  count_,
};

/// How many name colours there are, from Role::name_0 on.
inline constexpr int name_roles = 12;

struct Style {
  Role role = Role::text;
  bool bold = false;
  bool operator==(const Style&) const = default;
};

}  // namespace gnatter::ui
