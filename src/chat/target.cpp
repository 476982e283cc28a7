// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/target.h"

#include "base/user_error.h"
#include "protocol/topic.h"

namespace gnatter::chat {
namespace {

void skip_blanks(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
}

/// The inside of a quoted part; `rest` begins after the opening quote and ends after the closing one.
std::string take_quoted(std::string_view& rest) {
  std::string out;
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '"') return out;
    const bool escaped = c == '\\' && !rest.empty() && (rest.front() == '"' || rest.front() == '\\');
    out += escaped ? rest.front() : c;
    if (escaped) rest.remove_prefix(1);
  }
  throw base::UserError("The quote is not closed: a name with blanks is written \"in quotes\".");
}

}  // namespace

Word take_word(std::string_view& rest) {
  skip_blanks(rest);
  Word word;
  while (!rest.empty() && rest.front() != ' ') {
    const char c = rest.front();
    rest.remove_prefix(1);
    const bool opens = c == '"' && (word.text.empty() || word.text == "#");
    if (!opens) {
      word.text += c;
      continue;
    }
    word.text += take_quoted(rest);
    word.quoted = true;
    if (!rest.empty() && rest.front() != ' ')
      throw base::UserError("A blank belongs after the closing quote.");
  }
  if (!rest.empty()) rest.remove_prefix(1);
  return word;
}

Target to_target(const Word& word, bool group_without_mark) {
  std::string_view name = word.text;
  const bool marked = name.starts_with('#');
  if (marked) name.remove_prefix(1);
  const bool group = marked || group_without_mark;
  return {group ? BufferKind::group : BufferKind::direct,
          protocol::own_name(name, group ? protocol::NameKind::group : protocol::NameKind::user)};
}

std::string written(const Target& target) {
  const std::string mark = target.kind == BufferKind::group ? "#" : "";
  const bool short_form = target.kind == BufferKind::direct && (target.name == "," || target.name == ".");
  if (!short_form && target.name.find_first_of(" \"\\") == std::string::npos) return mark + target.name;
  std::string out = mark + '"';
  for (char c : target.name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace gnatter::chat
