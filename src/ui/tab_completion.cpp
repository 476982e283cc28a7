// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tab_completion.h"

namespace gnatter::ui {

std::optional<TabCompletion::Edited> TabCompletion::next(const chat::Client& client, const std::string& text,
                                                         std::size_t cursor, bool back) {
  const std::size_t count = completion_.candidates.size();
  if (count > 1 && text == left_as_) {
    chosen_ = (chosen_ + (back ? count - 1 : 1)) % count;
  } else {
    completion_ = chat::complete(client, text, cursor);
    if (completion_.candidates.empty()) return std::nullopt;
    chosen_ = back ? completion_.candidates.size() - 1 : 0;
    before_ = text.substr(0, completion_.from);
    after_ = text.substr(completion_.to);
  }
  const Edited result = edited();
  left_as_ = result.text;
  return result;
}

TabCompletion::Edited TabCompletion::edited() const {
  const std::string start = before_ + completion_.candidates[chosen_];
  // The blank that a candidate brings may stand there already.
  const bool twice = start.ends_with(' ') && after_.starts_with(' ');
  return {start + after_.substr(twice ? 1 : 0), start.size()};
}

std::string TabCompletion::offer(const std::string& text) const {
  const auto& candidates = completion_.candidates;
  if (candidates.size() < 2 || text != left_as_) return {};
  std::string list;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    std::string name = candidates[(chosen_ + i) % candidates.size()];
    while (name.ends_with(' ') || name.ends_with(':')) name.pop_back();
    list += (i == 0 ? "" : "  ") + name;
  }
  return list;
}

}  // namespace gnatter::ui
