// SPDX-License-Identifier: GPL-3.0-or-later
// The one file that knows ncurses: its screen for what all terminals agree on, terminfo for the rest.
#include "ui/ncurses_terminal.h"

#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

#include "base/user_error.h"
#include "gnatter/utf8.h"
#include "ui/layout.h"
#include "ui/terminfo.h"
#include "ui/theme.h"

namespace gnatter::ui {
namespace {

using base::UserError;

/// DEC modes that terminfo does not name; who does not know them ignores them. Title kept, paste marked,
/// focus told.
constexpr std::string_view keep_title = "\x1b[22;2t";
constexpr std::string_view switch_on = "\x1b[?2004h\x1b[?1004h";
constexpr std::string_view switch_off = "\x1b[?1004l\x1b[?2004l\x1b[23;2t";

/// The terminal's modes are shared with the shell's, so it may be non-blocking by somebody else's will.
void write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd out{STDOUT_FILENO, POLLOUT, 0};
      if (::poll(&out, 1, -1) < 0 && errno != EINTR) return;
    } else if (errno != EINTR) {
      return;
    }
  }
}

std::optional<Size> size_of_terminal() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
  return Size{size.ws_col, size.ws_row};
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Whether terminals disagree on how wide something in the row is.
bool is_uncertain(const Canvas& canvas, int row) {
  for (int column = 0; column < canvas.size().columns; ++column)
    if (!canvas.at(column, row).certain) return true;
  return false;
}

std::wstring to_wide(std::string_view text) {
  std::wstring wide;
  while (!text.empty()) {
    const utf8::CodePoint point = utf8::decode(text);
    if (point.length == 0) return L"?";
    wide += static_cast<wchar_t>(point.value);
    text.remove_prefix(point.length);
  }
  return wide;
}

}  // namespace

struct NcursesTerminal::Impl {
  explicit Impl(bool utf8_terminal) : utf8(utf8_terminal) {}

  void start();
  void leave();
  void adopt_size(Size size);
  [[nodiscard]] std::vector<int> changed_rows(const Canvas& canvas) const;
  [[nodiscard]] std::vector<int> rows_to_redraw(const Canvas& canvas, const std::vector<int>& changed) const;
  void draw_row(const Canvas& canvas, int row);
  void draw_uncertain(const Canvas& canvas, const std::vector<int>& rows);
  std::string bytes_of(const Cell& cell) const;
  std::string sequence(const Look& look) const;
  attr_t attributes(const Look& look) const;
  short pair(const Look& look);

  const bool utf8;
  int colours = 0;
  std::optional<TerminalGuard> guard;
  SCREEN* screen = nullptr;
  std::optional<Canvas> shown;
  std::map<std::pair<int, int>, short> pairs;
  const Terminfo terminfo;
  std::string title;
};

void NcursesTerminal::Impl::start() {
  guard.emplace(STDOUT_FILENO, std::string(switch_off) + terminfo.normal + terminfo.show_cursor +
                                   terminfo.leave_screen + "\r\n");
  screen = ::newterm(nullptr, stdout, stdin);
  if (!screen) throw UserError("ncurses cannot use this terminal (TERM) for a screen.");
  ::raw();
  ::noecho();
  ::nonl();
  ::keypad(stdscr, FALSE);
  ::typeahead(-1);  // half a frame would be finished by the next one, over what draw_uncertain() wrote
  if (!std::getenv("NO_COLOR") && ::has_colors()) {
    ::start_color();
    ::use_default_colors();
    colours = COLORS;
  }
  write_all(keep_title);
  write_all(switch_on);
}

void NcursesTerminal::Impl::leave() {
  write_all(switch_off);
  ::endwin();
}

void NcursesTerminal::Impl::adopt_size(Size size) {
  if (::is_term_resized(size.rows, size.columns)) ::resizeterm(size.rows, size.columns);
  if (shown && shown->size() != size) shown.reset();
}

attr_t NcursesTerminal::Impl::attributes(const Look& look) const {
  attr_t attributes = A_NORMAL;
  if (look.bold) attributes |= A_BOLD;
  if (look.underline) attributes |= A_UNDERLINE;
  if (look.reverse) attributes |= A_REVERSE;
  if (look.dim) attributes |= A_DIM;
  return attributes;
}

short NcursesTerminal::Impl::pair(const Look& look) {
  if (colours == 0 || (look.foreground < 0 && look.background < 0)) return 0;
  const auto [found, is_new] = pairs.try_emplace({look.foreground, look.background}, short{0});
  if (is_new && static_cast<int>(pairs.size()) < COLOR_PAIRS) {
    found->second = static_cast<short>(pairs.size());
    ::init_pair(found->second, static_cast<short>(look.foreground), static_cast<short>(look.background));
  }
  return found->second;
}

std::string NcursesTerminal::Impl::bytes_of(const Cell& cell) const {
  if (utf8 || is_ascii(cell.bytes)) return cell.bytes;
  return std::string(static_cast<std::size_t>(cell.cells), '?');
}

void NcursesTerminal::Impl::draw_row(const Canvas& canvas, int row) {
  std::vector<cchar_t> characters;
  const auto add = [&](const std::wstring& wide, const Look& look) {
    cchar_t character{};
    const std::wstring fitting = wide.substr(0, CCHARW_MAX);
    if (::setcchar(&character, fitting.c_str(), attributes(look), pair(look), nullptr) != OK)
      ::setcchar(&character, L"?", attributes(look), pair(look), nullptr);
    characters.push_back(character);
  };
  for (int column = 0; column < canvas.size().columns; ++column) {
    const Cell& cell = canvas.at(column, row);
    if (cell.cells == 0) continue;
    const Look look = look_of(cell.style, colours);
    const std::string bytes = bytes_of(cell);
    if (!cell.certain && utf8)  // draw_uncertain() writes it
      for (int i = 0; i < cell.cells; ++i) add(L" ", look);
    else if (is_ascii(bytes))
      for (const char c : bytes) add(std::wstring(1, static_cast<wchar_t>(c)), look);
    else
      add(to_wide(bytes), look);
  }
  ::mvadd_wchnstr(row, 0, characters.data(), static_cast<int>(characters.size()));
}

std::string NcursesTerminal::Impl::sequence(const Look& look) const {
  std::string bytes = terminfo.normal;
  if (look.bold) bytes += terminfo.bold;
  if (look.underline) bytes += terminfo.underline;
  if (look.reverse) bytes += terminfo.reverse;
  if (look.dim) bytes += terminfo.faint;
  if (colours > 0 && look.foreground >= 0) bytes += terminfo.foreground(look.foreground);
  if (colours > 0 && look.background >= 0) bytes += terminfo.background(look.background);
  return bytes;
}

std::vector<int> NcursesTerminal::Impl::changed_rows(const Canvas& canvas) const {
  std::vector<int> changed;
  for (int row = 0; row < canvas.size().rows; ++row) {
    bool differs = !shown;
    for (int column = 0; column < canvas.size().columns && !differs; ++column)
      differs = shown->at(column, row) != canvas.at(column, row);
    if (differs) changed.push_back(row);
  }
  return changed;
}

/// Those changed; and, where the change is more than typing, all rows with uncertain clusters now or before:
/// ncurses takes these for blanks, and may let the terminal scroll rows that look alike to it, with what
/// stands there.
std::vector<int> NcursesTerminal::Impl::rows_to_redraw(const Canvas& canvas,
                                                       const std::vector<int>& changed) const {
  constexpr int status_and_input = 2;
  if (changed.empty() || changed.front() >= canvas.size().rows - status_and_input) return changed;
  std::vector<int> rows;
  for (int row = 0; row < canvas.size().rows; ++row)
    if (is_uncertain(canvas, row) || (shown && is_uncertain(*shown, row))) rows.push_back(row);
  return rows;
}

/// Clusters whose width terminals disagree on are written each to its own place, so that whatever the
/// terminal makes of one, what stands beside it is where it belongs.
void NcursesTerminal::Impl::draw_uncertain(const Canvas& canvas, const std::vector<int>& rows) {
  std::string bytes;
  for (const int row : rows)
    for (int column = 0; column < canvas.size().columns; ++column) {
      const Cell& cell = canvas.at(column, row);
      if (cell.certain || !utf8) continue;
      bytes += terminfo.place(column, row) + sequence(look_of(cell.style, colours)) + cell.bytes;
      const int after = column + cell.cells;
      if (after >= canvas.size().columns || !canvas.at(after, row).certain) continue;
      const Cell& next = canvas.at(after, row);
      bytes += terminfo.place(after, row) + sequence(look_of(next.style, colours)) + bytes_of(next);
    }
  if (bytes.empty()) return;
  const Point cursor = canvas.cursor.value_or(Point{});
  write_all(bytes + terminfo.normal + terminfo.place(cursor.column, cursor.row));
}

void NcursesTerminal::check() {
  if (!::isatty(STDIN_FILENO) || !::isatty(STDOUT_FILENO))
    throw UserError("The screen needs a terminal on standard input and output. --headless does without.");
  const Terminfo known;  // throws
  if (const auto size = size_of_terminal();
      size && (size->columns < smallest_screen.columns || size->rows < smallest_screen.rows))
    throw UserError("The terminal has " + std::to_string(size->columns) + " columns and " +
                    std::to_string(size->rows) + " rows; the screen needs " +
                    std::to_string(smallest_screen.columns) + " by " + std::to_string(smallest_screen.rows) +
                    '.');
}

NcursesTerminal::NcursesTerminal(bool utf8) {
  check();
  impl_ = std::make_unique<Impl>(utf8);
  impl_->start();
}

NcursesTerminal::~NcursesTerminal() {
  impl_->leave();
  ::delscreen(impl_->screen);
}

Size NcursesTerminal::size() const {
  return size_of_terminal().value_or(Size{COLS, LINES});
}

void NcursesTerminal::draw(const Canvas& canvas) {
  Impl& impl = *impl_;
  impl.adopt_size(canvas.size());
  const std::vector<int> changed = impl.changed_rows(canvas);
  const bool moved = !impl.shown || impl.shown->cursor != canvas.cursor;
  if (changed.empty() && !moved) return;
  for (const int row : changed) impl.draw_row(canvas, row);
  const std::vector<int> anew = impl.rows_to_redraw(canvas, changed);
  for (const int row : anew)
    if (impl.shown && is_uncertain(*impl.shown, row)) ::wredrawln(stdscr, row, 1);
  if (!impl.shown) ::clearok(stdscr, TRUE);
  ::curs_set(canvas.cursor ? 1 : 0);
  const Point cursor = canvas.cursor.value_or(Point{});
  ::wmove(stdscr, cursor.row, cursor.column);
  ::wrefresh(stdscr);
  impl.draw_uncertain(canvas, anew);
  impl.shown = canvas;
}

void NcursesTerminal::forget() {
  impl_->shown.reset();
}

void NcursesTerminal::set_title(std::string_view title) {
  if (impl_->terminfo.title_start.empty() || title == impl_->title || !(impl_->utf8 || is_ascii(title)))
    return;
  impl_->title = title;
  write_all(impl_->terminfo.title_start + impl_->title + impl_->terminfo.title_end);
}

void NcursesTerminal::ring() {
  send("\a");
}

/// ncurses holds nothing back between frames: each ends with wrefresh(), which writes all.
void NcursesTerminal::send(std::string_view escape) {
  write_all(escape);
}

void NcursesTerminal::suspend() {
  impl_->leave();
  struct sigaction ours {
  }, usual{};
  usual.sa_handler = SIG_DFL;
  ::sigaction(SIGTSTP, &usual, &ours);
  ::kill(0, SIGTSTP);  // as the terminal does: to all of the job
  ::sigaction(SIGTSTP, &ours, nullptr);
  write_all(keep_title);
  resume();
}

void NcursesTerminal::resume() {
  ::reset_prog_mode();
  write_all(switch_on);
  forget();
}

}  // namespace gnatter::ui
