// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

namespace gnatter::ui {

/// The user's file of keys: INPUTRC, or ~/.inputrc.
std::filesystem::path inputrc_path();

/// A file that includes itself, or would, of those that `file` includes by `$include`; readline would read
/// for ever. `$if` is not looked at.
std::optional<std::filesystem::path> endless_include(const std::filesystem::path& file);

}  // namespace gnatter::ui
