// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/text.h"
#include "chat/command_rows.h"
#include "chat/words.h"

namespace gnatter::chat {
namespace {

using base::UserError;

const std::deque<UnsentLine>& lines_of(const CommandCall& call) {
  return call.network.messenger.unsent();
}

void pending(CommandCall& call) {
  std::size_t number = 0;
  for (const UnsentLine& line : lines_of(call))
    call.print(std::to_string(++number) + ' ' + written(line.target) + ' ' + base::local_clock(line.time) +
               (line.refused ? ", refused" : ", waits") + words::quoted(base::safe_text(line.text)));
  call.print(number == 0 ? "Nothing waits, and nothing was refused."
                         : "/retry N sends a refused line again, /discard N forgets one or takes it back.");
}

/// The ids meant by "N" or "all"; of all those that `fit`.
template <class Fits>
std::vector<protocol::Ulid> chosen(const CommandCall& call, const std::string& word, Fits fits) {
  const auto& lines = lines_of(call);
  std::vector<protocol::Ulid> ids;
  if (word == "all") {
    for (const UnsentLine& line : lines)
      if (fits(line)) ids.push_back(line.id);
    return ids;
  }
  const bool is_number = word.size() < 7 && word.find_first_not_of("0123456789") == word.npos;
  const std::size_t number = is_number ? std::stoul(word) : 0;
  if (number == 0 || number > lines.size())
    throw UserError("There is no line " + word + ". /pending lists what waits and what was refused.");
  return {lines[number - 1].id};
}

/// Without a number: the latest one refused in this window, else in any.
std::optional<protocol::Ulid> latest_refused(const CommandCall& call) {
  const auto& lines = lines_of(call);
  const Target here{call.window.kind(), call.window.name()};
  const auto in_window = [&](const UnsentLine& line) { return line.refused && line.target == here; };
  const auto anywhere = [](const UnsentLine& line) { return line.refused; };
  auto found = std::find_if(lines.rbegin(), lines.rend(), in_window);
  if (found == lines.rend()) found = std::find_if(lines.rbegin(), lines.rend(), anywhere);
  if (found == lines.rend()) return std::nullopt;
  return found->id;
}

void retry(CommandCall& call) {
  std::string_view rest = call.arguments;
  const std::string word = take_word(rest).text;
  std::vector<protocol::Ulid> ids;
  if (!word.empty())
    ids = chosen(call, word, [](const UnsentLine& line) { return line.refused; });
  else if (const auto id = latest_refused(call))
    ids.push_back(*id);
  const auto sent =
      std::count_if(ids.begin(), ids.end(), [&](const auto& id) { return call.network.messenger.retry(id); });
  if (sent == 0)
    throw UserError(ids.empty() ? "No line was refused."
                                : "That line was not refused: it waits, and goes out by itself.");
}

void discard(CommandCall& call) {
  std::string_view rest = call.arguments;
  const std::string word = take_word(rest).text;
  if (word.empty()) usage_error("/discard N|all");
  const auto ids = chosen(call, word, [](const UnsentLine&) { return true; });
  if (ids.empty()) throw UserError("Nothing waits, and nothing was refused.");
  const auto gone = static_cast<std::size_t>(std::count_if(
      ids.begin(), ids.end(), [&](const auto& id) { return call.network.messenger.discard(id); }));
  if (gone > 0) call.print(base::counted(gone, "line is", "lines are") + " forgotten and will not be sent.");
  if (gone < ids.size())
    call.print(base::counted(ids.size() - gone, "line is", "lines are") + " on the way already.");
}

}  // namespace

std::vector<Command> unsent_commands() {
  return {
      {"discard", {}, "N|all", "Takes waiting lines back, forgets refused", true, discard, "Talk"},
      {"pending", {}, "", "Lists what waits or was refused", false, pending, "Talk"},
      {"retry", {}, "[N|all]", "Sends what was refused again", false, retry, "Talk"},
  };
}

}  // namespace gnatter::chat
