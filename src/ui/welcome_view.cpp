// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/cells.h"
#include "ui/views.h"

namespace gnatter::ui {
namespace {

/// A row of the page: a sentence, or a command, what it is for and, where the screen is wide, a second such
/// pair beside it; nothing of these: a blank row. Where there are too few rows, those of the highest rank go
/// first.
struct Row {
  int rank = 0;
  std::string_view sentence = {};
  std::string_view command = {}, meaning = {};
  std::string_view second = {}, second_meaning = {};
};

constexpr std::string_view name = "gnatter";
constexpr std::string_view settings = "Settings: ", keys = "Keys of irssi: ",
                           keys_command = "/set keys irssi";
constexpr Row settings_row{4, settings}, keys_row{4, keys};
constexpr std::array page{
    Row{6},
    Row{4, name},
    Row{5},
    Row{2, "No broker is set up yet. Type one of these and press Enter:"},
    Row{5},
    Row{0, {}, "/local", "try it now: a private broker on this machine"},
    Row{1, {}, "/connect broker.example", "your broker, over TLS; asks for name, password"},
    Row{2, {}, "/connect localhost", "a broker on this machine, without TLS"},
    Row{5},
    Row{4, "Then:"},
    Row{6},
    Row{2, {}, "/join #dev", "a group", "Alt-1 to Alt-9", "go to a window"},
    Row{3, {}, "/query bob", "one person", "Alt-A", "where something is new"},
    Row{3, {}, "/away, /back", "how others see you", "Tab", "completes everything"},
    Row{0, {}, "/help", "all the rest", "/quit", "leaves"},
    Row{5},
    Row{4, "Nothing is written to disk before you connect or /save."},
};
constexpr int gap_before_keys = 6;

/// Where things stand in a row.
struct Places {
  int sentence, slogan, command, meaning;
  int far_meaning;  ///< of a long command
  int second, second_meaning;
};
constexpr int wide = 80;
constexpr Places wide_places{3, 44, 5, 20, 31, 41, 58};
constexpr Places narrow_places{1, 0, 2, 16, 27, 0, 0};

/// The whole text, or its first part, or nothing: no word is cut.
std::string_view fitting(std::string_view text, int room) {
  if (base::cells(text) <= room) return text;
  const std::size_t end = text.find_first_of(".:;,");
  if (end == std::string_view::npos) return {};
  const std::string_view first = text.substr(0, text[end] == '.' ? end + 1 : end);
  return base::cells(first) <= room ? first : std::string_view();
}

void put(Canvas& canvas, const Rectangle& area, int row, int column, std::string_view text, Style style) {
  canvas.put({area.column + column, row}, fitting(text, area.columns - column), style, area.right());
}

const Places& places_on(int columns) {
  return columns >= wide ? wide_places : narrow_places;
}

bool has_room_for_settings(int columns, const std::string& file) {
  return !file.empty() && places_on(columns).sentence + base::cells(settings) + base::cells(file) <= columns;
}

bool has_room_for_keys(int columns, int from) {
  return from + base::cells(keys) + base::cells(keys_command) <= columns;
}

/// The column of the keys behind the file of the settings; 0: there is no room.
int keys_beside(int columns, const std::string& file) {
  if (!has_room_for_settings(columns, file)) return 0;
  const int column =
      places_on(columns).sentence + base::cells(settings) + base::cells(file) + gap_before_keys;
  return has_room_for_keys(columns, column) ? column : 0;
}

void draw_keys(Canvas& canvas, const Rectangle& area, int row, int column) {
  put(canvas, area, row, column, keys, {});
  put(canvas, area, row, column + base::cells(keys), keys_command, {Role::command});
}

void draw_settings(Canvas& canvas, const Rectangle& area, int row, const std::string& file) {
  const int column = area.column + places_on(area.columns).sentence;
  const int end = canvas.put({column, row}, settings, {}, area.right());
  canvas.put({end, row}, file, {}, area.right());
  if (const int beside = keys_beside(area.columns, file); beside > 0) draw_keys(canvas, area, row, beside);
}

void draw_row(Canvas& canvas, const Rectangle& area, int row, const Row& content,
              const WelcomeContent& welcome) {
  const bool is_wide = area.columns >= wide;
  const Places& places = places_on(area.columns);
  if (&content == &settings_row) return draw_settings(canvas, area, row, welcome.settings_file);
  if (&content == &keys_row) return draw_keys(canvas, area, row, places.sentence);
  if (content.sentence == name) {
    put(canvas, area, row, places.sentence, std::string(name) + ' ' + welcome.version, {Role::accent, true});
    if (is_wide) put(canvas, area, row, places.slogan, "chat on the MQTT broker you run", {Role::dim});
    return;
  }
  put(canvas, area, row, places.sentence, content.sentence, {});
  put(canvas, area, row, places.command, content.command, {Role::command});
  const bool beside_long_ones = is_wide && content.second.empty();
  const bool long_command = places.command + base::cells(content.command) >= places.meaning;
  const int meaning = beside_long_ones || long_command ? places.far_meaning : places.meaning;
  put(canvas, area, row, meaning, content.meaning, {});
  if (!is_wide) return;
  put(canvas, area, row, places.second, content.second, {Role::command});
  put(canvas, area, row, places.second_meaning, content.second_meaning, {});
}

/// The rows of the page that there is room for; of equal ones the lowest go first.
std::vector<const Row*> chosen_rows(const Rectangle& area, const WelcomeContent& welcome) {
  std::vector<const Row*> chosen;
  for (const Row& row : page) chosen.push_back(&row);
  const std::string& file = welcome.settings_file;
  if (has_room_for_settings(area.columns, file)) chosen.push_back(&settings_row);
  if (keys_beside(area.columns, file) == 0 &&
      has_room_for_keys(area.columns, places_on(area.columns).sentence))
    chosen.push_back(&keys_row);
  while (static_cast<int>(chosen.size()) > area.rows) {
    const auto least = std::max_element(chosen.rbegin(), chosen.rend(), [](const Row* one, const Row* other) {
      return one->rank < other->rank;
    });
    chosen.erase(std::next(least).base());
  }
  return chosen;
}

}  // namespace

void draw_welcome(Canvas& canvas, const Rectangle& area, const WelcomeContent& welcome) {
  if (area.empty()) return;
  canvas.fill(area, {});
  int at = area.row;
  for (const Row* row : chosen_rows(area, welcome)) draw_row(canvas, area, at++, *row, welcome);
}

}  // namespace gnatter::ui
