// SPDX-License-Identifier: GPL-3.0-or-later
// Lines from before, for windows that open and for whoever scrolls up to the oldest one.
#include "ui/screen.h"

namespace gnatter::ui {

using namespace std::chrono_literals;

namespace {

using Clock = base::EventLoop::Clock;

constexpr std::size_t lines_at_once = 500;
/// How long it counts that there was nothing older.
constexpr auto patience = 1s;

}  // namespace

/// Windows that are open already get their past when somebody comes who has it, or when their network gets
/// the name that it is kept under; later, for who comes is not ready yet.
void Screen::listen_for_past() {
  listening_.push_back(client_.buffers.opened.connect(
      [this](chat::Network& network, chat::Buffer& window) { load_older(network, window); }));
  listening_.push_back(client_.backlog.source_added.connect([this] { fill_windows_soon(); }));
  fill_windows_soon();
}

void Screen::fill_windows_soon() {
  filling_ = loop_.after(0ms, [this] { fill_windows(); });
}

void Screen::fill_windows() {
  for (auto& [window, view] : views_) view.nothing_older.reset();
  const auto& entries = client_.buffers.entries();
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (!chat::Backlog::oldest_of(*entries[i].buffer)) load_older(*entries[i].network, *entries[i].buffer);
}

void Screen::load_older(chat::Network& network, chat::Buffer& window) {
  if (!chat::is_conversation(window.kind())) return;
  auto& nothing = views_[&window].nothing_older;
  if (nothing && Clock::now() - *nothing < patience) return;
  nothing.reset();
  if (client_.backlog.load(network, window, lines_at_once)) return;
  // A view of its own is not made for a window that was closed meanwhile.
  if (const auto view = views_.find(&window); view != views_.end()) view->second.nothing_older = Clock::now();
}

}  // namespace gnatter::ui
