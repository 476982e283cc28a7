// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include "base/text.h"
#include "chat/command_rows.h"
#include "chat/words.h"
#include "gnatter/utf8.h"
#include "protocol/filter.h"

namespace gnatter::chat {
namespace {

using base::UserError;

constexpr const char* publish_usage = "/pub [-r] [-q 0|1|2] TOPIC TEXT";

int to_qos(const Word& word) {
  if (word.text == "0" || word.text == "1" || word.text == "2") return word.text.front() - '0';
  throw UserError("A QoS is 0, 1 or 2, not " + base::safe_row(word.text) +
                  ". A topic or filter with blanks is written \"in quotes\".");
}

void list_filters(const CommandCall& call) {
  std::string list;
  for (const auto& [filter, qos] : call.network.raw_topics.filters())
    list += (list.empty() ? "Subscribed: " : ", ") + written({BufferKind::direct, base::safe_row(filter)}) +
            " (QoS " + std::to_string(qos) + ')';
  call.print(list.empty() ? "No topics are subscribed. /sub FILTER [QOS] does it: /sub sensors/# 1"
                          : list + '.');
}

void subscribe(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word filter = take_word(rest);
  if (filter.text.empty() && !filter.quoted) return list_filters(call);
  std::optional<int> qos;
  if (const Word word = take_word(rest); !word.text.empty()) qos = to_qos(word);
  if (rest.find_first_not_of(' ') != rest.npos) usage_error("/sub FILTER [QOS]");
  call.client.buffers.show(call.network.raw_topics.subscribe(filter.text, qos));
}

void unsubscribe(CommandCall& call) {
  std::string_view rest = call.arguments;
  const Word word = take_word(rest);
  if (rest.find_first_not_of(' ') != rest.npos) usage_error("/unsub [FILTER]");
  const bool here = word.text.empty();
  if (here && call.window.kind() != BufferKind::topic) usage_error("/unsub FILTER");
  const std::string filter = here ? call.window.name() : word.text;
  if (!call.network.raw_topics.unsubscribe(filter))
    throw UserError(base::safe_row(filter) + " is not subscribed. /sub lists what is.");
}

void broker(CommandCall& call) {
  call.client.buffers.show(call.network.raw_topics.subscribe("$SYS/#", std::nullopt));
}

struct PublishWords {
  bool retain = false;
  int qos = 0;
  std::string topic;
  std::string_view text;
};

PublishWords publish_words(std::string_view rest) {
  PublishWords words;
  Word word = take_word(rest);
  for (; !word.quoted && word.text.starts_with('-'); word = take_word(rest)) {
    if (word.text == "-r")
      words.retain = true;
    else if (word.text == "-q")
      words.qos = to_qos(take_word(rest));
    else
      usage_error(publish_usage);
  }
  words.topic = word.text;
  words.text = rest;
  if (words.topic.empty() && !word.quoted) usage_error(publish_usage);
  if (words.text.empty() && !words.retain)
    throw UserError("There is no text to publish. /pub -r " + base::safe_row(words.topic) +
                    " without one ends what the broker keeps there.");
  return words;
}

void check_can_publish(const Network& network, std::string_view text) {
  using State = Session::State;
  const State state = network.session.state();
  if (network.user().empty())
    throw UserError("There is no broker yet: /local or /connect HOST first. Nothing was sent.");
  if (state == State::off || state == State::waiting || state == State::leaving)
    throw UserError(network.name() +
                    " is not connected, and /pub does not wait for it: it may be wrong by then. " +
                    "Nothing was sent.");
  if (!utf8::valid(text)) throw UserError("The text is not valid UTF-8. Nothing was sent.");
}

/// Where something was typed: the window may be gone when the answer comes.
struct Origin {
  Client& client;
  Network& network;
  BufferKind kind;
  std::string name;

  [[nodiscard]] Buffer& window() const {
    Buffer* const there = client.buffers.find(network, kind, name);
    return there ? *there : network.window();
  }
};

void tell_published(const Origin& origin, const transport::Publication& sent,
                    const transport::Outcome& outcome) {
  const std::string topic = base::safe_row(sent.topic), &network = origin.network.name();
  if (outcome.kind != transport::Outcome::Kind::accepted) {
    const std::string text =
        words::not_sent(network, base::safe_text(origin.network.user()), topic, outcome) + '.';
    Line line;
    line.time = base::now();
    line.kind = LineKind::error;
    line.state = SendState::refused;
    line.text = text;
    origin.window().append(line);
    return;
  }
  std::string text = sent.qos == 0
                         ? "Sent on " + topic + " with QoS 0, which " + network + " does not answer."
                         : network + " has what you sent on " + topic + '.';
  if (sent.retain)
    text = sent.payload.empty() ? network + " is to keep nothing on " + topic + " any more."
                                : text.substr(0, text.size() - 1) + ", to be kept.";
  origin.window().print(LineKind::info, text);
}

void publish(CommandCall& call) {
  const PublishWords words = publish_words(call.arguments);
  protocol::check_topic(words.topic);
  check_can_publish(call.network, words.text);
  transport::Publication publication;
  publication.topic = words.topic;
  publication.payload = words.text;
  publication.qos = words.qos;
  publication.retain = words.retain;
  const Origin origin{call.client, call.network, call.window.kind(), call.window.name()};
  call.network.session.outbox().add(publication, [origin, publication](const transport::Outcome& outcome) {
    tell_published(origin, publication, outcome);
  });
}

}  // namespace

std::vector<Command> topic_commands() {
  return {
      {"broker", {}, "", "Shows what the broker tells of itself ($SYS)", false, broker, "Topics"},
      {"pub",
       {"quote"},
       "[-r] [-q N] TOPIC TEXT",
       "Publishes on a topic; -r: retained",
       false,
       publish,
       "Topics"},
      {"sub",
       {},
       "[FILTER] [QOS]",
       "Shows what comes on topics, QoS 0 by default",
       false,
       subscribe,
       "Topics"},
      {"unsub", {}, "[FILTER]", "Ends that, here or of a filter", false, unsubscribe, "Topics"},
  };
}

}  // namespace gnatter::chat
