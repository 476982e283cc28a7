// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key_decoder.h"

#include <algorithm>
#include <utility>

#include "gnatter/utf8.h"

namespace gnatter::ui {
namespace {

constexpr char escape = '\x1b';
constexpr std::size_t longest_sequence = 32;
constexpr std::size_t longest_string = std::size_t{1} << 16;

bool is_between(char byte, unsigned char low, unsigned char high) {
  const auto value = static_cast<unsigned char>(byte);
  return low <= value && value <= high;
}

bool is_digit(char byte) {
  return is_between(byte, '0', '9');
}

/// Bytes of the character that begins with `lead`; 0: no character does.
std::size_t character_length(char lead) {
  return is_between(lead, 0xC2, 0xDF)   ? 2
         : is_between(lead, 0xE0, 0xEF) ? 3
         : is_between(lead, 0xF0, 0xF4) ? 4
                                        : 0;
}

/// What a CSI sequence is about; `sequence` begins with Esc [ and has its final byte.
enum class Meaning { key, paste, focus, mouse_follows, answer };

Meaning meaning_of(std::string_view sequence) {
  const std::string_view inner = sequence.substr(2);
  if (inner == "200~") return Meaning::paste;
  if (inner == "I" || inner == "O") return Meaning::focus;
  if (inner == "M") return Meaning::mouse_follows;
  // Private parameters: answers and mouse reports. "M" after three numbers: the mouse as urxvt reports it.
  const bool is_private = is_between(inner.front(), '<', '?');
  const bool is_mouse = inner.back() == 'M' && std::ranges::count(inner, ';') == 2;
  return is_private || is_mouse || inner == "201~" ? Meaning::answer : Meaning::key;
}

}  // namespace

KeyDecoder::KeyDecoder(base::EventLoop& loop, Events events, Patience patience)
    : loop_(loop), events_(std::move(events)), patience_(patience) {}

void KeyDecoder::feed(std::string_view bytes) {
  silence_.reset();
  while (!bytes.empty()) {
    if (state_ == State::paste) {
      bytes.remove_prefix(take_in_paste(bytes));
    } else {
      const char byte = bytes.front();
      bytes.remove_prefix(1);
      take(byte);
    }
  }
  wait_for_more();
}

void KeyDecoder::take(char byte) {
  switch (state_) {
    case State::ground:
      return take_first(byte);
    case State::character:
      return take_in_character(byte);
    case State::escape:
      return take_after_escape(byte);
    case State::csi:
      return take_in_csi(byte);
    case State::junk:
      if (byte == escape) return again(byte);
      if (is_between(byte, 0x40, 0x7E)) drop();
      return;
    case State::console:
      waiting_ += byte;
      return is_between(byte, 0x40, 0x7E) ? emit() : again(byte);
    case State::ss3:
      return take_in_ss3(byte);
    case State::string:
      return take_in_string(byte);
    case State::mouse:
      if (++count_ == 3) drop();
      return;
    case State::paste:
      return;  // feed() sees to it
  }
}

void KeyDecoder::take_first(char byte) {
  if (byte == escape) return begin(State::escape, byte);
  if (!is_between(byte, 0x80, 0xFF)) return emit_key({&byte, 1});
  if (character_length(byte) > 0) begin(State::character, byte);
}

void KeyDecoder::take_in_character(char byte) {
  if (!is_between(byte, 0x80, 0xBF)) return again(byte);
  waiting_ += byte;
  const std::string_view character = std::string_view(waiting_).substr(waiting_.front() == escape ? 1 : 0);
  if (character.size() < character_length(character.front())) return;
  const utf8::CodePoint point = utf8::decode(character);
  return point.length == 0 || utf8::is_control(point.value) ? drop() : emit();
}

void KeyDecoder::take_after_escape(char byte) {
  if (byte == escape) return take_second_escape();
  if (byte == '[') return begin(State::csi, byte);
  if (byte == 'O') return begin(State::ss3, byte);
  if (waiting_.size() > 1) {  // two Escs, and no sequence after them: the first is a key of its own
    waiting_.pop_back();
    emit();
    begin(State::escape, escape);
  }
  if (std::string_view("]P_^X").find(byte) != std::string_view::npos) {
    count_ = 0;
    return begin(State::string, byte);
  }
  if (character_length(byte) > 0) return begin(State::character, byte);
  if (is_between(byte, 0x80, 0xFF)) return drop();
  waiting_ += byte;
  emit();
}

void KeyDecoder::take_second_escape() {
  if (waiting_.size() == 1)
    waiting_ += escape;
  else
    emit_key({&escape, 1});
}

void KeyDecoder::take_in_csi(char byte) {
  if (byte == escape) return again(byte);
  const bool is_first = waiting_.back() == '[';
  waiting_ += byte;
  if (is_first && byte == '[') {
    state_ = State::console;
  } else if (is_between(byte, 0x40, 0x7E)) {
    finish_csi();
  } else if (byte == '$' && !is_first &&
             std::ranges::all_of(waiting_.substr(waiting_.find('[') + 1, std::string::npos),
                                 [](char c) { return is_digit(c) || c == '$'; })) {
    emit();  // rxvt's Shift keys have no final byte
  } else if (!is_between(byte, 0x20, 0x3F) || waiting_.size() > longest_sequence) {
    state_ = State::junk;
  }
}

void KeyDecoder::finish_csi() {
  const std::string sequence = waiting_.substr(waiting_.find('[') - 1);
  const Meaning meaning = meaning_of(sequence);
  if (meaning == Meaning::key) return emit();
  const bool escape_before = waiting_.size() > sequence.size();
  drop();
  if (meaning == Meaning::paste) state_ = State::paste;
  if (meaning == Meaning::mouse_follows) state_ = State::mouse;
  count_ = 0;
  if (escape_before) emit_key({&escape, 1});
  if (meaning == Meaning::focus && events_.focus) events_.focus(sequence.back() == 'I');
}

void KeyDecoder::take_in_ss3(char byte) {
  const bool is_first = waiting_.back() == 'O';
  if (is_between(byte, 0x40, 0x7E)) {
    waiting_ += byte;
    return emit();
  }
  if ((is_digit(byte) || byte == ';') && waiting_.size() < longest_sequence) {
    waiting_ += byte;
    return;
  }
  if (!is_first) return again(byte);
  emit();  // Alt-O, and something else
  take(byte);
}

void KeyDecoder::take_in_string(char byte) {
  if (waiting_.back() == escape) {  // the end, Esc \, or another sequence
    drop();
    if (byte == '\\') return;
    begin(State::escape, escape);
    return take(byte);
  }
  ++count_;
  if (byte == escape) {
    waiting_ += byte;
  } else if (byte == '\a') {
    drop();
  } else if (is_between(byte, 0x00, 0x1F) || count_ > longest_string) {
    again(byte);
  }
}

std::size_t KeyDecoder::take_in_paste(std::string_view bytes) {
  const std::size_t taken = paste_.take(bytes);
  if (paste_.complete()) end_paste();
  return taken;
}

void KeyDecoder::end_paste() {
  drop();
  Paste paste = paste_.finish();
  if (events_.pasted && (!paste.text.empty() || paste.left_out > 0)) events_.pasted(std::move(paste));
}

void KeyDecoder::begin(State state, char byte) {
  state_ = state;
  waiting_ += byte;
}

void KeyDecoder::drop() {
  state_ = State::ground;
  waiting_.clear();
}

/// What waited is dropped, `byte` is the first of something new.
void KeyDecoder::again(char byte) {
  drop();
  take_first(byte);
}

void KeyDecoder::emit() {
  state_ = State::ground;
  emit_key(std::exchange(waiting_, {}));
}

void KeyDecoder::emit_key(std::string_view key) {
  if (events_.key) events_.key(key);
}

/// Whether what waits is a key unless something follows.
bool KeyDecoder::may_be_key() const {
  switch (state_) {
    case State::escape:
      return true;
    case State::csi:
      return waiting_.back() == '[';
    case State::ss3:
      return waiting_.back() == 'O';
    case State::string:
      return count_ == 0 || waiting_.back() == escape;
    default:
      return false;
  }
}

void KeyDecoder::wait_for_more() {
  if (state_ == State::ground) return;
  const auto patience = state_ == State::paste ? patience_.paste
                        : may_be_key()         ? patience_.key
                                               : patience_.rest;
  silence_ = loop_.after(patience, [this] { nothing_followed(); });
}

void KeyDecoder::nothing_followed() {
  const bool was_key = may_be_key();
  const std::string waited = waiting_;
  if (state_ == State::paste) return end_paste();
  const bool only_escapes = state_ == State::escape || waited.ends_with(escape);
  drop();
  if (!was_key) return;
  if (only_escapes) {
    for (std::size_t n = waited.find_first_not_of(escape) == std::string::npos ? waited.size() : 1; n > 0;
         --n)
      emit_key({&escape, 1});
    return;
  }
  if (waited.size() > 2) emit_key({&escape, 1});
  emit_key(std::string_view(waited).substr(waited.size() - 2));
}

}  // namespace gnatter::ui
