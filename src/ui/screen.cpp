// SPDX-License-Identifier: GPL-3.0-or-later
// The screen's wiring and its frames; keys are in screen_keys.cpp, what is typed in screen_input.cpp.
#include "ui/screen.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "ui/frame_maker.h"
#include "ui/key_presets.h"
#include "ui/views.h"
#include "ui/wrap.h"

namespace gnatter::ui {

using namespace std::chrono_literals;

namespace {

using Clock = base::EventLoop::Clock;

constexpr auto frame_pause = 16ms;

/// Nobody is here to be listed.
bool is_for_reading(chat::BufferKind kind) {
  return kind == chat::BufferKind::plugin || kind == chat::BufferKind::topic;
}

}  // namespace

Screen::Screen(base::EventLoop& loop, chat::Client& client, Terminal& terminal, Settings settings)
    : loop_(loop),
      client_(client),
      terminal_(terminal),
      settings_(std::move(settings)),
      activity_(client),
      presence_notes_(loop, client),
      outage_rules_(client),
      links_(client, [this] { draw_soon(); }),
      departure_(loop, client),
      decoder_(loop, {[this](std::string_view key) { on_key(key); },
                      [this](Paste paste) { on_paste(std::move(paste)); },
                      [this](bool focused) { on_focus(focused); }}),
      editor_(
          key_actions(), [this] { draw_soon(); }, [this](const std::string& line) { on_line(line); },
          key_presets()),
      bind_commands_(client, editor_) {
  listen();
  reading_ = loop_.watch(settings_.input, POLLIN, [this](short) { read_input(); });
  offer_attention();
  client_.ask = [this](chat::Question question) { ask_for_client(std::move(question)); };
  if (chat::Buffer* window = client_.buffers.current()) on_shown(*window);
  tell_complaints();
  if (setting("keys") != "gnatter") editor_.use_preset(setting("keys"));
  tick();
}

void Screen::listen() {
  for (const auto& entry : client_.buffers.entries()) follow(*entry.buffer);
  for (const auto& network : client_.networks()) follow(*network);
  auto& buffers = client_.buffers;
  listening_.push_back(
      buffers.opened.connect([this](chat::Network&, chat::Buffer& window) { follow(window); }));
  listen_for_past();
  listening_.push_back(buffers.shown.connect([this](chat::Buffer& window) { on_shown(window); }));
  listening_.push_back(buffers.closing.connect([this](chat::Buffer& window) { on_closing(window); }));
  listening_.push_back(buffers.moved.connect([this] { draw_soon(); }));
  listening_.push_back(client_.network_added.connect([this](chat::Network& network) { follow(network); }));
  listening_.push_back(
      client_.settings.changed.connect([this](const std::string& name) { on_setting(name); }));
  listening_.push_back(client_.quit_asked.connect([this] { on_quit_asked(); }));
  listening_.push_back(activity_.changed.connect([this] { draw_soon(); }));
  listening_.push_back(client_.status_items.changed.connect([this] { draw_soon(); }));
  listening_.push_back(loop_.on_signal(SIGWINCH, [this] {
    terminal_.forget();  // it may have been smaller meanwhile, and the terminal have cut what stood there
    draw();
  }));
  listening_.push_back(loop_.on_signal(SIGCONT, [this] {
    terminal_.resume();
    on_continued();
    draw();
  }));
  listening_.push_back(loop_.on_signal(SIGTERM, [this] { departure_.leave(chat::Cause::signal, false); }));
  listening_.push_back(loop_.on_signal(SIGINT, [this] { departure_.leave(chat::Cause::signal, true); }));
  listening_.push_back(loop_.on_signal(SIGHUP, [this] { hang_up(); }));
}

void Screen::follow(chat::Buffer& window) {
  View& view = views_[&window];
  view.appended = window.appended.connect([this, &view](const chat::Line&) {
    view.nothing_older.reset();
    draw_soon();
  });
  view.prepended = window.prepended.connect([this] { draw_soon(); });
  view.changed = window.changed.connect([this](const chat::Line&) { draw_soon(); });
}

void Screen::follow(chat::Network& network) {
  listening_.push_back(network.roster.reported.connect([this](const auto&) {
    draw_soon();
    // Roster::shown_status() takes silence for an answer then.
    roster_settled_ = loop_.after(2100ms, [this] { draw_soon(); });
  }));
  listening_.push_back(network.session.ready.connect([this](bool) { fill_windows_soon(); }));
  listening_.push_back(network.session.outbox().drained.connect([this] {
    draw_soon();
    if (quitting_ && client_.unsent() == 0) quit();
  }));
  listening_.push_back(
      network.session.failed.connect([this, &network](const transport::Failure& failure, auto retry_in) {
        on_failed(network, failure, retry_in.has_value());
      }));
}

/// A draft belongs to its window.
void Screen::on_shown(chat::Buffer& window) {
  if (const auto left = views_.find(shown_); left != views_.end() && shown_ != &window) {
    left->second.draft = editor_.text();
    left->second.draft_cursor = editor_.cursor();
  }
  shown_ = &window;
  const View& now = views_[&window];
  editor_.replace(now.draft, now.draft_cursor);
  completion_ = {};
  roster_scrolled_ = 0;
  look_at(&window);
  set_followed(now.position == ScrollPosition{});
  draw_soon();
}

void Screen::on_closing(chat::Buffer& window) {
  if (shown_ == &window) shown_ = nullptr;
  if (client_.attention.window == &window) look_at(nullptr);
  views_.erase(&window);
  draw_soon();
}

void Screen::quit() {
  quitting_.reset();
  departure_.leave(chat::Cause::quit, true);
}

void Screen::read_input() {
  std::array<char, 4096> bytes{};
  const ssize_t size = ::read(settings_.input, bytes.data(), bytes.size());
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (size <= 0) return hang_up();
  decoder_.feed({bytes.data(), static_cast<std::size_t>(size)});
  draw();  // who types sees it at once, whatever else arrives
}

/// The terminal is gone: nothing comes from there any more, and nothing is seen there.
void Screen::hang_up() {
  reading_.reset();
  departure_.leave(chat::Cause::hang_up, false);
}

void Screen::draw_soon() {
  if (frame_soon_) return;
  const auto pause = std::max<Clock::duration>(0ms, last_frame_ + frame_pause - Clock::now());
  frame_soon_ = loop_.after(pause, [this] { draw(); });
}

/// Once a second where seconds are counted down, else when the clock's minute is over.
void Screen::tick() {
  const auto second = std::chrono::duration_cast<Clock::duration>(1s);
  const auto minute_left = 60s - (base::now().time_since_epoch() % 60s);
  const bool fast = links_.counting();
  tick_ = loop_.after(fast ? second : std::min<Clock::duration>(5s, minute_left), [this] {
    tick();
    draw_soon();
  });
}

LayoutNeeds Screen::needs(const Frame& frame) const {
  LayoutNeeds needs;
  needs.list_forced = is_forced("look.window-list", list_toggled_);
  needs.window_list =
      is_wanted("look.window-list", list_toggled_) && (needs.list_forced || frame.windows.size() > 1);
  needs.roster_forced = is_forced("look.roster", roster_toggled_);
  needs.roster = is_wanted("look.roster", roster_toggled_) &&
                 links_.has_been_up(*client_.buffers.current_network()) &&
                 !is_for_reading(client_.buffers.current()->kind());
  needs.input_rows = input_rows(frame.input, terminal_.size().columns);
  return needs;
}

Frame Screen::frame() const {
  Frame frame = make_frame({client_, activity_, links_, glyphs()});
  const auto view = views_.find(client_.buffers.current());
  if (view != views_.end()) frame.conversation.position = view->second.position;
  frame.conversation.tail = static_cast<int>(std::get<std::int64_t>(client_.settings.value("look.tail")));
  const chat::Buffer& window = *client_.buffers.current();
  const bool first_run = frame.status.network.empty();
  if (first_run && window.kind() == chat::BufferKind::network && window.end() == window.first())
    frame.welcome = WelcomeContent{settings_.version, settings_.settings_file};
  frame.roster.scrolled = roster_scrolled_;
  const std::string prompt = std::exchange(frame.input.prompt, {});
  frame.input = input();
  if (frame.input.prompt.empty() && frame.input.prompt_role == Role::accent) frame.input.prompt = prompt;
  if (first_run && editor_.text().empty()) frame.input.hint = "/local or /connect HOST";
  frame.status.hint = hint();
  return frame;
}

void Screen::draw() {
  frame_soon_.reset();
  last_frame_ = Clock::now();
  const Size size = terminal_.size();
  Canvas canvas(size);
  if (size.columns < smallest_screen.columns || size.rows < smallest_screen.rows) {
    canvas.put({0, 0}, "too small", {Role::error});
    return terminal_.draw(canvas);
  }
  const Frame now = frame();
  layout_ = lay_out(size, needs(now));
  draw_frame(canvas, layout_, now, glyphs());
  draw_popup(canvas, layout_);
  terminal_.draw(canvas);
  const std::string news = now.status.activity.empty() ? "" : "* ";
  terminal_.set_title(passable(news + now.status.window_name + " - gnatter", settings_.path));
}

/// Over the lowest rows of the conversation; nothing moves for it.
void Screen::draw_popup(Canvas& canvas, const Layout& layout) const {
  if (popup_.empty()) return;
  const Rectangle& area = layout.messages;
  const int columns = area.columns - 4;
  const auto rows = wrap(popup_, columns, columns, static_cast<std::size_t>(std::max(1, area.rows - 1)));
  const int count = std::min(area.rows, static_cast<int>(rows.size()));
  for (int i = 0; i < count; ++i) {
    const int row = area.bottom() - count + i;
    canvas.fill({area.column, row, area.columns, 1}, {Role::chosen});
    canvas.put({area.column, row}, i == 0 ? "!!" : "", {Role::chosen, true}, area.right());
    canvas.put({area.column + 3, row}, rows[static_cast<std::size_t>(i)], {Role::chosen}, area.right());
  }
}

}  // namespace gnatter::ui
