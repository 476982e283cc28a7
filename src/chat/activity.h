// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/signal.h"
#include "chat/client.h"

namespace gnatter::chat {

/// Whether `text` speaks to `name`: it stands there as a whole word, in any case (of ASCII letters).
bool mentions(std::string_view text, std::string_view name);

/// What is new in which window, and up to where each has been read (C6). What others say counts; notes about
/// who is here, sentences of the client's own, one's own lines and what plugins write into windows of theirs
/// do not. Made before the first window that is to count. One thread.
class Activity {
 public:
  enum class Level { none, message, direct, mention };
  struct State {
    Level level = Level::none;
    std::size_t count = 0;  ///< lines of others since it was last in view
    base::Time since{};     ///< when the first of them came
    /// The read rule stands before this line (it may have gone): the first that had not been read when
    /// others went on. Until the window is left again. In a group that was never in view: before
    /// the first line of others. None in another window that never was: somebody else's line opened it.
    std::optional<LineNumber> marker;
    std::size_t marked = 0;  ///< lines of others that came behind the marker out of view: "5 new"
    base::Time left{};       ///< when the window was last in view, or was joined: "since 10:31"
  };

  explicit Activity(Client& client);

  [[nodiscard]] const State& of(const Buffer& window) const;
  /// Windows with something new, in the order to visit: direct, mention, groups by the longest wait,
  /// then topics.
  [[nodiscard]] std::vector<Buffer*> waiting() const;
  /// The current window's newest line is in view (`followed`) or not: what comes then counts as new. A marker
  /// that stands stays where it is.
  void set_followed(bool followed);
  /// The terminal has the focus, or has not: as if the current window were left and shown again.
  void set_focused(bool focused);

  base::Signal<> changed;

 private:
  struct Window {
    State state;
    bool seen = false;      // it was in view at least once
    LineNumber unread = 0;  // the first line that came after it was in view
    std::vector<Subscription> listening;
  };
  void follow(Buffer& window);
  void on_line(Buffer& window, const Line& line);
  void on_shown(Buffer& window);
  void enter_view(Window& window);
  void leave_view(const Buffer& buffer, Window& window);
  void count(const Buffer& buffer, Level level);
  [[nodiscard]] Window* current();

  Client& client_;
  std::map<const Buffer*, Window> windows_;
  const Buffer* shown_ = nullptr;
  bool followed_ = true;
  bool focused_ = true;
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::chat
