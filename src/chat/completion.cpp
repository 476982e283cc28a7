// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/completion.h"

#include <algorithm>

#include "chat/completion_sources.h"
#include "chat/letter_case.h"

namespace gnatter::chat {
namespace {

/// The typed arguments up to the cursor: how many words stand complete, and the one that is being typed.
struct Typed {
  std::vector<std::string_view> words;  // complete, as written
  std::size_t from = 0;                 // where the last one begins
  std::string partial;                  // that one without its quotes
};

/// As take_word() parts them; an open quote is just not closed yet.
Typed parts_of(std::string_view arguments) {
  Typed typed;
  std::size_t at = 0;
  while (true) {
    at = std::min(arguments.find_first_not_of(' ', at), arguments.size());
    const std::size_t begin = at;
    std::string text;
    bool quoted = false;
    for (; at < arguments.size() && (quoted || arguments[at] != ' '); ++at) {
      const char c = arguments[at];
      const bool escape = quoted && c == '\\' && at + 1 < arguments.size();
      if (c == '"' && (quoted || text.empty() || text == "#"))
        quoted = !quoted;
      else
        text += escape ? arguments[++at] : c;
    }
    if (at == arguments.size()) {
      typed.from = begin;
      typed.partial = std::move(text);
      return typed;
    }
    typed.words.push_back(arguments.substr(begin, at - begin));
  }
}

/// The words of a usage, brackets taken off: "USER [TEXT]" has two.
std::vector<std::string> words_of(std::string_view usage) {
  std::vector<std::string> words(1);
  for (char c : usage) {
    if (c == ' ')
      words.emplace_back();
    else if (c != '[' && c != ']')
      words.back() += c;
  }
  return words;
}

/// Takes what an option stands with out of a usage: "[-q N]" becomes "[-q]", and "-q" is returned among
/// others.
std::vector<std::string> take_option_values(std::string& usage) {
  std::vector<std::string> options;
  for (std::size_t at = 0; (at = usage.find("[-", at)) != usage.npos; ++at) {
    const std::size_t blank = usage.find_first_of(" ]", at);
    if (blank == usage.npos || usage[blank] != ' ' || usage[blank + 1] < 'A' || usage[blank + 1] > 'Z')
      continue;
    options.push_back(usage.substr(at + 1, blank - at - 1));
    usage.erase(blank, usage.find(']', blank) - blank);
  }
  return options;
}

/// What the usage has at the place of the word that is being typed; empty past its end.
std::string wanted(std::string usage, const Typed& typed) {
  const std::vector<std::string> with_value = take_option_values(usage);
  std::vector<std::string> words = words_of(usage), flags;
  std::copy_if(words.begin(), words.end(), std::back_inserter(flags),
               [](const std::string& word) { return word.starts_with('-'); });
  if (!flags.empty() && typed.partial.starts_with('-')) return flags.front();
  std::erase_if(words, [](const std::string& word) { return word.starts_with('-'); });
  std::size_t place = 0;
  bool is_value = false;  // of the option in front
  for (const std::string_view word : typed.words) {
    const bool flag = !flags.empty() && word.starts_with('-');
    if (!flag && !is_value) ++place;
    is_value = flag && std::find(with_value.begin(), with_value.end(), word) != with_value.end();
  }
  if (is_value) return {};
  for (std::size_t i = 0; i < words.size() && i <= place; ++i)
    if (words[i] == "TEXT" || words[i].ends_with("…")) return words[i];
  return place < words.size() ? words[place] : std::string();
}

/// What is typed of a target: the network it names ("work/"), or the window's, and the name begun.
struct TargetHead {
  const Network* network;
  std::string prefix;  // "work/", or empty
  std::string_view name;
};

TargetHead target_head(const Client& client, std::string_view head) {
  const std::size_t slash = head.find('/');
  if (slash == head.npos) return {client.buffers.current_network(), {}, head};
  return {client.find_network(head.substr(0, slash)), std::string(head.substr(0, slash + 1)),
          head.substr(slash + 1)};
}

std::vector<std::string> written_people(const Client& client, std::string_view typed) {
  const TargetHead head = target_head(client, typed);
  std::vector<std::string> out;
  for (const std::string& name : completion::people(client, head.network))
    if (starts_folded(name, head.name)) out.push_back(head.prefix + written({BufferKind::direct, name}));
  return out;
}

std::vector<std::string> written_groups(const Client& client, std::string_view typed) {
  const TargetHead head = target_head(client, typed);
  std::vector<std::string> out;
  for (const std::string& name : completion::groups(client, head.network))
    if (starts_folded('#' + name, head.name) || starts_folded(name, head.name))
      out.push_back(head.prefix + written({BufferKind::group, name}));
  return out;
}

/// "work/", to go on from; not before the first letter, where people and groups are meant.
std::vector<std::string> written_networks(const Client& client, std::string_view head) {
  std::vector<std::string> out;
  for (const std::string& name : completion::networks(client))
    if (!head.empty() && client.networks().size() > 1 && starts_folded(name, head)) out.push_back(name + '/');
  return out;
}

/// People and groups, or groups alone, and the networks on which they may be.
std::vector<std::string> written_targets(const Client& client, std::string_view head, bool with_people) {
  const bool marked = target_head(client, head).name.starts_with('#');
  std::vector<std::string> out;
  if (with_people && !marked) out = written_people(client, head);
  if (!with_people || marked || target_head(client, head).name.empty())
    for (std::string& group : written_groups(client, head)) out.push_back(std::move(group));
  for (std::string& network : written_networks(client, head)) out.push_back(std::move(network));
  return out;
}

/// All that one alternative of a usage's word stands for.
std::vector<std::string> meant_by(const Client& client, std::string_view word, const Typed& typed) {
  const std::string& head = typed.partial;
  std::vector<std::string> out;
  const auto add_fitting = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      std::string begun = name;  // who types a name begins it without the quote that it needs
      if (const std::size_t quote = begun.find('"'); quote == 0 || begun.starts_with("#\""))
        begun.erase(quote, 1);
      if (starts_folded(begun, head) || starts_folded(begun, '#' + head)) out.push_back(name);
    }
  };
  if (word == "USER" || word == "PATTERN") return written_people(client, head);
  if (word.starts_with("#GROUP") || word == "TARGET") return written_targets(client, head, word == "TARGET");
  if (word == "NETWORK" || (word == "NAME" && !typed.words.empty())) {
    add_fitting(completion::networks(client));
  } else if (word == "COMMAND") {
    return completion::commands(client, head.starts_with('/') ? head.substr(1) : head);
  } else if (word == "FILTER") {
    add_fitting(completion::filters(client));
  } else if (word == "TOPIC") {
    add_fitting(completion::topics(client));
  } else if (word == "WINDOW") {
    add_fitting(completion::windows(client));
  } else if (word == "SETTING") {
    add_fitting(completion::settings(client, head));
  } else if (word == "VALUE" && !typed.words.empty()) {
    add_fitting(completion::values(client, typed.words.front()));
  } else if (folded(word) == word && starts_folded(word, head)) {
    out.emplace_back(word);
  }
  return out;
}

std::vector<std::string> alternatives(const Client& client, std::string_view word, const Typed& typed) {
  std::vector<std::string> out;
  while (!word.empty()) {
    const std::size_t bar = std::min(word.find('|'), word.size());
    for (std::string& candidate : meant_by(client, word.substr(0, bar), typed))
      if (std::find(out.begin(), out.end(), candidate) == out.end()) out.push_back(std::move(candidate));
    word.remove_prefix(std::min(bar + 1, word.size()));
  }
  return out;
}

/// A name in running text stands bare. The last words may be the beginning of a name with blanks.
Completion in_text(const Client& client, std::string_view text, std::size_t start) {
  const std::vector<std::string> people = completion::people(client, client.buffers.current_network());
  const std::size_t last = text.rfind(' ') == text.npos ? 0 : text.rfind(' ') + 1;
  std::vector<std::size_t> begins{last};
  for (std::size_t at = last; at > 1 && begins.size() < 4; begins.push_back(at)) {
    const std::size_t blank = text.rfind(' ', at - 2);
    at = blank == text.npos ? 0 : blank + 1;
  }
  Completion found;
  for (; !begins.empty() && found.candidates.empty(); begins.pop_back()) {
    const std::string_view head = text.substr(begins.back());
    if (begins.back() != last && head.starts_with(' ')) continue;
    found = {start + begins.back(), start + text.size(), {}};
    const std::string behind = found.from == 0 ? ": " : " ";
    for (const std::string& name : people)
      if (starts_folded(name, head)) found.candidates.push_back(name + behind);
    if (!head.starts_with('#')) continue;
    for (const std::string& group : completion::groups(client, client.buffers.current_network()))
      if (starts_folded('#' + group, head)) found.candidates.push_back('#' + group + ' ');
  }
  return found;
}

Completion of_command_name(const Client& client, std::string_view head) {
  Completion found{0, head.size(), {}};
  for (const std::string& name : completion::commands(client, head.substr(1))) {
    const bool bare = client.commands.has(name) && client.commands.find(name)->usage.empty();
    found.candidates.push_back('/' + name + (bare ? "" : " "));
  }
  return found;
}

/// `start`: where the arguments begin in the line.
Completion of_argument(const Client& client, const std::string& usage, std::string_view arguments,
                       std::size_t start) {
  const Typed typed = parts_of(arguments);
  const std::string word = wanted(usage, typed);
  if (word == "TEXT") return in_text(client, arguments, start);
  Completion found{start + typed.from, start + arguments.size(), {}};
  for (std::string& candidate : alternatives(client, word, typed))
    found.candidates.push_back(candidate + (candidate.ends_with('/') ? "" : " "));
  return found;
}

Completion at_the_end(const Client& client, std::string_view head) {
  if (!head.starts_with('/') || head.starts_with("//")) return in_text(client, head, 0);
  const std::size_t blank = head.find(' ');
  if (blank == head.npos) return of_command_name(client, head);
  const std::string_view name = head.substr(1, blank - 1);
  if (!client.commands.has(name) && client.aliases.contains(folded(name)))
    return in_text(client, head.substr(blank + 1), blank + 1);
  try {
    return of_argument(client, client.commands.find(name)->usage, head.substr(blank + 1), blank + 1);
  } catch (const base::UserError&) {  // no such command
    return {};
  }
}

}  // namespace

Completion complete(const Client& client, std::string_view line, std::size_t cursor) {
  cursor = std::min(cursor, line.size());
  Completion found = at_the_end(client, line.substr(0, cursor));
  if (found.candidates.empty()) return {};
  // The blank behind is there already.
  if (line.substr(cursor).starts_with(' ') && found.candidates.front().ends_with(' ')) ++found.to;
  return found;
}

}  // namespace gnatter::chat
