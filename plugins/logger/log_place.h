// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gnatter/values.h"

namespace logger {

/// How logs are divided into files.
enum class Layout { one, daily, monthly };

/// As the setting has them, in the order of Layout.
inline constexpr std::array<std::string_view, 3> layout_names{
    "NETWORK/BUFFER.log", "NETWORK/BUFFER/YYYY-MM-DD.log", "NETWORK/BUFFER/YYYY-MM.log"};

/// Nothing: there is no such layout.
std::optional<Layout> layout_of(std::string_view name);

/// Where the logs of one conversation are.
struct Place {
  std::filesystem::path root;
  std::string network;
  gnatter::Target target;
  Layout layout = Layout::one;

  /// The log that is written on a day: "2026-11-22".
  [[nodiscard]] std::filesystem::path file_on(std::string_view date) const;
  /// Those that are there, the latest first.
  [[nodiscard]] std::vector<std::filesystem::path> files() const;
};

}  // namespace logger
