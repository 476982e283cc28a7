// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "gnatter/host.h"

namespace notify {

/// Whether tmux hands on to its terminal what a program has for that one (its option allow-passthrough).
enum class Passing {
  never,
  in_view,  ///< while the pane is in view
  always,
};

/// Whether there is a tmux around the client.
bool in_tmux();

/// Asks tmux; the first line that is printed is for passing(). One question for all places where the option
/// may stand: the pane, its window, all windows.
gnatter::ChildPlan passing_question();

/// Nothing: it was no answer.
std::optional<Passing> passing(std::string_view answer);

}  // namespace notify
