// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gnatter::ui {

/// What somebody pasted.
struct Paste {
  std::string text;          ///< safe text (base::safe_text), line ends as newlines
  std::size_t left_out = 0;  ///< bytes that were too many and are not in `text`
};

/// Collects a bracketed paste up to its end marker, Esc [201~.
class PasteBuffer {
 public:
  static constexpr std::size_t limit = std::size_t{1} << 20;  ///< bytes that are kept

  /// Takes from the front of `bytes`, up to the end of the marker at most; how many.
  std::size_t take(std::string_view bytes);
  /// The marker was taken.
  [[nodiscard]] bool complete() const { return matched_ == marker.size(); }
  /// What was collected; the buffer is empty then.
  Paste finish();

 private:
  static constexpr std::string_view marker = "\x1b[201~";
  void keep(std::string_view bytes);

  std::string bytes_;
  std::size_t left_out_ = 0;
  std::size_t matched_ = 0;  // bytes of the marker seen last
};

}  // namespace gnatter::ui
