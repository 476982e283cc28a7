// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "ui/paste_buffer.h"

namespace gnatter::ui {

/// Takes the bytes of a terminal apart: whole keys, pastes (bracketed, DEC mode 2004), focus (mode 1004).
/// Bytes that are no UTF-8, the terminal's answers, mouse reports and sequences that no terminal sends are
/// dropped. How the bytes were split over reads makes no difference. One thread.
class KeyDecoder {
 public:
  /// They may call anything but feed() and may not destroy the decoder.
  struct Events {
    /// A UTF-8 character or control character, either with an Esc before it when Alt was held; or a CSI or
    /// SS3 sequence, with one more Esc before it for the Alt of rxvt. Never empty.
    std::function<void(std::string_view key)> key;
    std::function<void(Paste paste)> pasted;
    std::function<void(bool focused)> focus;
  };
  struct Patience {
    /// What could be a key or the beginning of a longer one (Esc, Esc [) is a key when nothing follows.
    std::chrono::milliseconds key{50};
    /// Longer beginnings are dropped when nothing follows.
    std::chrono::milliseconds rest{1000};
    /// A paste without its end is over when nothing follows; long, for its lines must never become keys.
    std::chrono::milliseconds paste{10000};
  };

  KeyDecoder(base::EventLoop& loop, Events events) : KeyDecoder(loop, std::move(events), Patience{}) {}
  KeyDecoder(base::EventLoop& loop, Events events, Patience patience);

  void feed(std::string_view bytes);

 private:
  enum class State {
    ground,
    character,  ///< within a UTF-8 character, perhaps after Esc
    escape,     ///< after Esc, or two
    csi,        ///< after Esc [
    junk,       ///< within a CSI sequence that is no good
    console,    ///< after Esc [ [, from the Linux console
    ss3,        ///< after Esc O
    string,     ///< within OSC, DCS, APC, PM or SOS
    mouse,      ///< within the three bytes after Esc [ M
    paste,
  };

  void take(char byte);
  void take_first(char byte);
  void take_in_character(char byte);
  void take_after_escape(char byte);
  void take_second_escape();
  void take_in_csi(char byte);
  void take_in_ss3(char byte);
  void take_in_string(char byte);
  std::size_t take_in_paste(std::string_view bytes);

  void finish_csi();
  void begin(State state, char byte);
  void drop();
  void again(char byte);
  void emit();
  void emit_key(std::string_view key);
  void end_paste();
  [[nodiscard]] bool may_be_key() const;
  void wait_for_more();
  void nothing_followed();

  base::EventLoop& loop_;
  const Events events_;
  const Patience patience_;
  State state_ = State::ground;
  std::string waiting_;    // the beginning of a key
  std::size_t count_ = 0;  // bytes of a string or a mouse report so far
  PasteBuffer paste_;
  Subscription silence_;
};

}  // namespace gnatter::ui
