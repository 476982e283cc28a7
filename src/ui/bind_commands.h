// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "chat/client.h"
#include "ui/line_editor.h"

namespace gnatter::ui {

/// /bind and /unbind: what keys do, for this run. Both outlive it.
class BindCommands {
 public:
  BindCommands(chat::Client& client, LineEditor& editor);

 private:
  void bind(const chat::CommandCall& call);
  void unbind(const chat::CommandCall& call, std::string_view name);
  void list(const chat::CommandCall& call) const;
  [[nodiscard]] std::string told(std::string_view name) const;
  [[nodiscard]] std::string function_named(const std::string& name) const;

  LineEditor& editor_;
  std::array<Subscription, 2> rows_;
};

}  // namespace gnatter::ui
