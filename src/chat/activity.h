// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "base/signal.h"
#include "chat/client.h"

namespace gnatter::chat {

/// Whether `text` speaks to `name`: it stands there as a whole word, in any case.
bool mentions(std::string_view text, std::string_view name);

/// What is new in which window, and up to where each has been read (C6). Made before the first window. One
/// thread.
class Activity {
 public:
  enum class Level { none, message, direct, mention };
  struct State {
    Level level = Level::none;
    std::size_t count = 0;  ///< lines of others since it was last in view
    base::Time since{};     ///< of the first of them
    /// The first line that had not been read when the window was last shown, and when it was left: the read
    /// rule.
    std::optional<LineNumber> marker;
    base::Time left{};
  };

  explicit Activity(Client& client);

  [[nodiscard]] const State& of(const Buffer& window) const;
  /// Windows with something new, in the order to visit: direct, mention, groups by the longest wait.
  [[nodiscard]] std::vector<Buffer*> waiting() const;
  /// The current window's newest line is in view (`followed`) or not: what comes then counts as new.
  void set_followed(bool followed);

  base::Signal<> changed;

 private:
  void follow(Buffer& window);
  void on_line(Buffer& window, const Line& line);
  void on_shown(Buffer& window);

  Client& client_;
  std::map<const Buffer*, State> states_;
  const Buffer* shown_ = nullptr;
  bool followed_ = true;
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::chat
