// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/event_loop.h"

namespace gnatter::ui {

/// Takes the bytes of a terminal apart: whole keys, pastes (bracketed, DEC mode 2004), focus (mode 1004).
/// Bytes that are no UTF-8 and sequences that no terminal sends are dropped. One thread.
class KeyDecoder {
 public:
  struct Events {
    std::function<void(std::string_view key)>
        key;                                       ///< a character, a control character or an escape sequence
    std::function<void(std::string text)> pasted;  ///< safe text (base::safe_text), line ends as newlines
    std::function<void(bool focused)> focus;
  };
  /// A lone Esc is a key of its own when nothing has followed for 50 ms.
  KeyDecoder(base::EventLoop& loop, Events events);

  void feed(std::string_view bytes);

 private:
  base::EventLoop& loop_;
  const Events events_;
  std::string waiting_;  // the beginning of a key, or of a paste
  bool pasting_ = false;
  Subscription lone_escape_;
};

}  // namespace gnatter::ui
