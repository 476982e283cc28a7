// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/activity.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "chat/letter_case.h"

namespace gnatter::chat {
namespace {

/// Every byte of a letter beyond ASCII counts as part of a word, so that "Ana" is not found in "Anaïs".
bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
         (byte >= 'a' && byte <= 'z');
}

bool is_said(const Line& line) {
  switch (line.kind) {
    case LineKind::message:
    case LineKind::action:
    case LineKind::notice:
    case LineKind::raw:
      return true;
    case LineKind::info:
    case LineKind::error:
    case LineKind::presence:
    case LineKind::rule:
      break;
  }
  return false;
}

}  // namespace

bool mentions(std::string_view text, std::string_view name) {
  if (name.empty()) return false;
  const std::string where = folded(text), what = folded(name);
  for (std::size_t at = where.find(what); at != where.npos; at = where.find(what, at + 1)) {
    const std::size_t end = at + what.size();
    const bool begins = at == 0 || !is_word(where[at - 1]) || !is_word(what.front());
    const bool ends = end == where.size() || !is_word(where[end]) || !is_word(what.back());
    if (begins && ends) return true;
  }
  return false;
}

Activity::Activity(Client& client) : client_(client), shown_(client.buffers.current()) {
  for (const auto& entry : client_.buffers.entries()) follow(*entry.buffer);
  listening_.push_back(client_.buffers.opened.connect([this](Network&, Buffer& window) { follow(window); }));
  listening_.push_back(client_.buffers.shown.connect([this](Buffer& window) { on_shown(window); }));
  listening_.push_back(client_.buffers.closing.connect([this](Buffer& window) {
    windows_.erase(&window);
    if (shown_ == &window) shown_ = nullptr;
    changed.emit();
  }));
}

const Activity::State& Activity::of(const Buffer& window) const {
  static const State nothing;
  const auto found = windows_.find(&window);
  return found == windows_.end() ? nothing : found->second.state;
}

void Activity::follow(Buffer& window) {
  Window& made = windows_[&window];
  // The first window of all is current without having been shown.
  if (!shown_ && client_.buffers.current() == &window) shown_ = &window;
  made.seen = shown_ == &window;
  made.unread = window.end();
  made.state.left = base::now();
  made.listening.push_back(
      window.appended.connect([this, &window](const Line& line) { on_line(window, line); }));
}

Activity::Window* Activity::current() {
  const auto found = windows_.find(shown_);
  return found == windows_.end() ? nullptr : &found->second;
}

void Activity::on_shown(Buffer& window) {
  if (Window* left = current(); left && focused_) leave_view(*shown_, *left);
  shown_ = &window;
  followed_ = true;
  if (Window* entered = current(); entered && focused_) enter_view(*entered);
  changed.emit();
}

void Activity::enter_view(Window& window) {
  window.seen = true;
  window.state.level = Level::none;
  window.state.count = 0;
}

void Activity::leave_view(const Buffer& buffer, Window& window) {
  window.state = State();
  window.state.left = base::now();
  window.unread = buffer.end();
}

void Activity::set_followed(bool followed) {
  Window* const window = current();
  if (followed_ == followed || !window) return;
  followed_ = followed;
  if (!followed) {
    window->unread = shown_->end();
    window->state.left = base::now();
  } else if (focused_) {
    enter_view(*window);
  }
  changed.emit();
}

void Activity::set_focused(bool focused) {
  Window* const window = current();
  if (focused_ == focused) return;
  focused_ = focused;
  if (!window) return;
  if (!focused && followed_) leave_view(*shown_, *window);
  if (focused && followed_) enter_view(*window);
  changed.emit();
}

void Activity::on_line(Buffer& window, const Line& line) {
  const std::string self = base::safe_text(client_.network_of(window).user());
  const bool topic = window.kind() == BufferKind::topic;
  if ((!topic && !is_conversation(window.kind())) || !is_said(line) || line.state != SendState::none ||
      (!topic && line.sender == self))
    return;
  if (shown_ == &window && followed_ && focused_) return;
  const bool direct = window.kind() == BufferKind::direct;
  const bool mention = !direct && !topic && line.kind != LineKind::notice && mentions(line.text, self);
  count(window, direct ? Level::direct : mention ? Level::mention : Level::message);
}

void Activity::count(const Buffer& buffer, Level level) {
  Window& window = windows_.at(&buffer);
  State& state = window.state;
  if (state.count == 0) state.since = base::now();
  ++state.count;
  state.level = std::max(state.level, level);
  if (!state.marker && window.seen) state.marker = window.unread;
  if (!state.marker && buffer.kind() == BufferKind::group) state.marker = buffer.end() - 1;
  if (state.marker) ++state.marked;
  changed.emit();
}

std::vector<Buffer*> Activity::waiting() const {
  std::vector<Buffer*> out;
  for (const auto& entry : client_.buffers.entries())
    if (of(*entry.buffer).count > 0) out.push_back(entry.buffer.get());
  const auto rank = [this](const Buffer* window) {
    const State& state = of(*window);
    const bool topic = window->kind() == BufferKind::topic;
    const int place = state.level == Level::direct ? 0 : state.level == Level::mention ? 1 : topic ? 3 : 2;
    return std::tuple(place, state.since);
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](const Buffer* a, const Buffer* b) { return rank(a) < rank(b); });
  return out;
}

}  // namespace gnatter::chat
