// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/messenger.h"

#include <cstring>
#include <functional>

#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/network.h"
#include "chat/words.h"

namespace gnatter::chat {

using namespace std::chrono_literals;
using protocol::NameKind;
using transport::Outcome;

namespace {

constexpr auto echo_patience = 10s;
/// More of one message than this is not kept; who sends a book is cut, and the reader told.
constexpr std::size_t most_shown_bytes = std::size_t{256} << 10;

/// Line ends as other systems write them are line ends.
std::string without_carriage_returns(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || (i + 1 < text.size() && text[i + 1] != '\n')) out += text[i];
  return out;
}

std::string shown_text(std::string_view text) {
  if (text.size() <= most_shown_bytes) return base::safe_text(without_carriage_returns(text));
  return base::safe_text(text.substr(0, most_shown_bytes)) + " … (cut: it has " +
         std::to_string(text.size()) + " bytes)";
}

protocol::Ulid id_of_bytes(const transport::Incoming& incoming) {
  const std::size_t hashes[] = {std::hash<std::string>{}(incoming.payload),
                                std::hash<std::string>{}(incoming.topic)};
  protocol::Ulid id;
  static_assert(sizeof hashes == sizeof id.bytes);
  std::memcpy(id.bytes.data(), hashes, sizeof hashes);
  return id;
}

LineKind to_line_kind(protocol::Kind kind) {
  switch (kind) {
    case protocol::Kind::message:
      return LineKind::message;
    case protocol::Kind::action:
      return LineKind::action;
    case protocol::Kind::notice:
      return LineKind::notice;
  }
  return LineKind::message;
}

}  // namespace

Messenger::Messenger(base::EventLoop& loop, BufferList& buffers, Network& network, Session& session)
    : loop_(loop), buffers_(buffers), network_(network), session_(session), own_devices_(network, session) {
  listening_.push_back(session_.message.connect([this](const auto& incoming) { on_message(incoming); }));
  listening_.push_back(
      session_.connecting.connect([this](const auto&) { arrival_.connecting(base::now()); }));
  listening_.push_back(session_.ready.connect([this](bool) {
    told_.erase("off");
    arrival_.ready(base::EventLoop::Clock::now());
  }));
  listening_.push_back(session_.lost.connect([this](const auto&, auto) { echoes_.clear_acknowledged(); }));
}

void Messenger::set_user(const std::string& user) {
  if (user == user_ && inbox_) return;
  user_ = user;
  inbox_ = session_.subscriptions().add(
      protocol::user_message_filter(user), protocol::qos_user_message, Phase::before_login,
      [this](const SubscribeAnswer& answer) {
        if (answer.kind == SubscribeAnswer::Kind::granted) return;
        network_.print(LineKind::error,
                       words::may_not_read(network_.name(), user_, "messages to " + user_, answer));
      },
      {});
  own_devices_.set_user(user);
}

void Messenger::say(const Target& target, std::string_view text, protocol::Kind kind) {
  if (text.empty()) throw base::UserError("There is no text to send.");
  if (user_.empty())
    throw base::UserError("There is no broker yet: /local or /connect HOST first. Nothing was sent.");
  if (!utf8::valid(text)) throw base::UserError("The text is not valid UTF-8. Nothing was sent.");
  const bool to_group = target.kind == BufferKind::group;
  Buffer& buffer = buffers_.open(network_, target.kind, target.name);
  note_what_to_expect(target, buffer);

  const base::Time now = base::now();
  const protocol::Ulid id = ids_.next(now);
  seen_.add(user_, id);
  if (!to_group) last_to_ = target;

  saying.emit(buffer);
  UnsentLine& line = unsent_.add({id, target, 0, kind, std::string(text), now});
  line.line = append_own(buffer, line, SendState::pending);
  send(line, now);
  if (const auto said = buffer.line(line.line)) spoken.emit({buffer, *said, nullptr, true, false, now, now});
}

LineNumber Messenger::append_own(Buffer& buffer, const UnsentLine& unsent, SendState state) {
  const std::string shown = shown_text(unsent.text), user = base::safe_text(user_);
  Line line{0, unsent.time, to_line_kind(unsent.kind), state, user, {}, unsent.id};
  line.text = shown;
  line.number = buffer.append(line);
  return line.number;
}

void Messenger::send(UnsentLine& line, base::Time now) {
  const bool to_group = line.target.kind == BufferKind::group;
  const std::string& to = line.target.name;
  auto encoded = protocol::encode({line.kind, line.text, line.id, now});
  const bool comes_back = to_group ? joined(to) : to == user_ || own_devices_.may_get_copies();
  if (comes_back) echoes_.add((to_group ? "#" : "") + to, line.id, encoded.payload);
  transport::Publication publication;
  publication.topic =
      to_group ? protocol::group_message_topic(to, user_) : protocol::user_message_topic(to, user_);
  publication.payload = std::move(encoded.payload);
  publication.qos = to_group ? protocol::qos_group_message : protocol::qos_user_message;
  publication.properties = std::move(encoded.properties);
  line.ticket = session_.outbox().add(std::move(publication),
                                      [this, id = line.id](const Outcome& outcome) { on_sent(id, outcome); });
}

bool Messenger::retry(const protocol::Ulid& id) {
  UnsentLine* const line = unsent_.find(id);
  if (!line || !line->refused) return false;
  line->refused = false;
  set_state(*line, SendState::pending);
  send(*line, base::now());
  return true;
}

bool Messenger::discard(const protocol::Ulid& id) {
  const UnsentLine* const line = unsent_.find(id);
  if (!line || (!line->refused && !session_.outbox().take_back(line->ticket))) return false;
  echoes_.forget(id);
  if (!line->refused) set_state(*line, SendState::refused);
  unsent_.remove(id);
  return true;
}

/// Its window may have been closed, and perhaps opened again, since the line was written.
void Messenger::set_state(const UnsentLine& line, SendState state) {
  Buffer* const buffer = buffers_.find(network_, line.target.kind, line.target.name);
  const auto there = buffer ? buffer->line(line.line) : std::nullopt;
  if (there && there->id == line.id) buffer->set_state(line.line, state);
}

void Messenger::note_what_to_expect(const Target& target, Buffer& buffer) {
  const bool to_group = target.kind == BufferKind::group;
  if (session_.state() == Session::State::off && told_.insert("off").second)
    buffer.print(LineKind::info, "Not connected: what you write is kept until /connect.");
  const bool fine = to_group ? joined(target.name)
                             : !network_.roster_kept || network_.roster.entries().contains(target.name) ||
                                   session_.state() != Session::State::ready;
  if (fine) {
    told_.erase(buffer.shown_name());
  } else if (told_.insert(buffer.shown_name()).second) {
    buffer.print(LineKind::info, to_group ? "You are not in " + written(target) +
                                                ": what others write there does not come. /join " +
                                                written(target) + " makes it."
                                          : words::not_here(target.name));
  }
}

void Messenger::on_sent(const protocol::Ulid& id, const Outcome& outcome) {
  const UnsentLine* const line = unsent_.find(id);
  if (!line) return;
  if (outcome.kind != Outcome::Kind::accepted) {
    echoes_.forget(id);
    return refused(*line, outcome);
  }
  echoes_.acknowledged(id, base::EventLoop::Clock::now());
  if (!echoes_.empty() && !silence_) watch_for_silence();
  const UnsentLine taken = *line;
  unsent_.remove(id);
  set_state(taken, SendState::sent);
}

/// Where the window has been closed the line is shown once more: a refusal is not to go unseen.
void Messenger::refused(const UnsentLine& line, const Outcome& outcome) {
  UnsentLine told = line;
  Buffer& buffer = buffers_.open(network_, told.target.kind, told.target.name);
  const auto there = buffer.line(told.line);
  if (!there || there->id != told.id) {
    told.line = append_own(buffer, told, SendState::pending);
    unsent_.find(told.id)->line = told.line;
  }
  unsent_.mark_refused(told.id);
  const std::string offer =
      outcome.kind == Outcome::Kind::refused ? ". /retry sends it again, /discard forgets it" : ".";
  buffer.print(LineKind::error, words::not_sent(network_.name(), user_, written(told.target), outcome) +
                                    words::quoted(shown_text(told.text)) + offer);
  set_state(told, SendState::refused);
}

void Messenger::watch_for_silence() {
  silence_ = loop_.after(echo_patience, [this] {
    silence_.reset();
    for (const std::string& place : echoes_.overdue(base::EventLoop::Clock::now() - echo_patience)) {
      if (!place.starts_with('#') && place != user_) own_devices_.copy_missing();
      if (!place.starts_with('#') || !told_.insert("silent " + place).second) continue;
      Buffer& buffer = buffers_.open(network_, BufferKind::group, place.substr(1));
      buffer.print(LineKind::error, words::no_echo(network_.name(), place, session_.opened().mqtt_version));
    }
    if (!echoes_.empty()) watch_for_silence();
  });
}

void Messenger::on_message(const transport::Incoming& incoming) {
  const auto topic = protocol::parse_message_topic(incoming.topic);
  if (!topic) {
    const bool message = protocol::topic_matches("/chat/user/+/message/#", incoming.topic) ||
                         protocol::topic_matches("/chat/group/+/message/#", incoming.topic);
    if (message) ++dropped_;
    return;
  }
  if (!is_for_us(incoming, *topic)) return;
  const protocol::Message message = protocol::decode(incoming.payload, incoming.properties);
  if (topic->sender == user_ && take_echo(incoming, *topic, message)) return;
  // A retained message without an id comes again with every subscription; its bytes are then what it is known
  // by.
  const auto id = message.id || !incoming.retained ? message.id : std::optional(id_of_bytes(incoming));
  if (id && !seen_.add(topic->sender, *id)) return;
  if (network_.ignores(topic->sender)) return;
  if (network_.roster_kept && !incoming.retained) network_.roster.wrote(topic->sender);
  show(incoming, *topic, message);
}

/// The copy for the filter that we have the topic from: where others overlap with it, a second one may come.
bool Messenger::is_for_us(const transport::Incoming& incoming, const protocol::MessageTopic& topic) const {
  const Subscriptions& filters = session_.subscriptions();
  if (topic.to_kind == NameKind::group) {
    const std::string group(topic.to);
    return joined(group) && filters.came_for(incoming, protocol::group_message_filter(group));
  }
  if (topic.to == user_) return filters.came_for(incoming, protocol::user_message_filter(user_));
  return topic.sender == user_ && filters.came_for(incoming, protocol::own_message_filter(user_));
}

/// Whether it is the echo of a line that was written here; else another device of ours has written it.
bool Messenger::take_echo(const transport::Incoming& incoming, const protocol::MessageTopic& topic,
                          const protocol::Message& message) {
  const bool group = topic.to_kind == NameKind::group;
  const std::string place = (group ? "#" : "") + std::string(topic.to);
  if (!group && topic.to != user_) own_devices_.copy_came();
  if (!echoes_.take(place, message.id, incoming.payload)) return false;
  if (group) seen_groups_.note_line(topic.to, topic.sender, base::now());
  told_.erase("silent " + place);
  return true;
}

void Messenger::show(const transport::Incoming& incoming, const protocol::MessageTopic& topic,
                     const protocol::Message& message) {
  const bool group = topic.to_kind == NameKind::group, mine = topic.sender == user_;
  Buffer& buffer = buffers_.open(network_, group ? BufferKind::group : BufferKind::direct,
                                 group || mine ? topic.to : topic.sender);
  if (!group && !mine) last_from_ = Target{BufferKind::direct, std::string(topic.sender)};
  const std::string sender = base::safe_text(topic.sender), text = shown_text(message.text);
  const base::Time now = base::now();
  const bool queued =
      arrival_.is_queued(session_.opened().session_present, message.sent_at, base::EventLoop::Clock::now());
  const bool believed = message.sent_at && protocol::shown_time(message, now) == *message.sent_at;
  Line line;
  line.time = protocol::shown_time(message, now);
  line.kind = to_line_kind(message.kind);
  line.state = mine ? SendState::sent : SendState::none;  // from another device of ours
  line.sender = sender;
  line.text = text;
  line.id = message.id;
  line.number = buffer.append(line);
  if (group) seen_groups_.note_line(topic.to, topic.sender, line.time);
  spoken.emit({buffer, line, &incoming, mine, queued || incoming.retained,
               believed ? message.sent_at : std::nullopt, now});
}

void Messenger::join(const std::string& group, bool again) {
  if (joined(group)) return;
  buffers_.open(network_, BufferKind::group, group);
  seen_groups_.note(group);
  groups_[group] = session_.subscriptions().add(
      protocol::group_message_filter(group), protocol::qos_group_message, Phase::before_login,
      [this, group, is_news = !again](const SubscribeAnswer& answer) mutable {
        on_joined(group, std::exchange(is_news, false), answer);
      },
      {});
  group_joined.emit(group);
}

void Messenger::on_joined(const std::string& group, bool is_news, const SubscribeAnswer& answer) {
  const std::string shown = written({BufferKind::group, group});
  Buffer& buffer = buffers_.open(network_, BufferKind::group, group);
  if (answer.kind != SubscribeAnswer::Kind::granted)
    buffer.print(LineKind::error, words::may_not_read(network_.name(), user_, shown, answer));
  else if (is_news && buffer.first() == buffer.first_appended())  // who finds a log there was there before
    buffer.print(LineKind::info, words::joined(network_.name(), shown));
}

bool Messenger::part(const std::string& group) {
  if (groups_.erase(group) == 0) return false;
  left_.insert(group);
  echoes_.clear('#' + group);
  group_left.emit(group);
  return true;
}

void Messenger::start_anew() {
  groups_.clear();
  left_.clear();
  echoes_.clear();
  unsent_.clear();
  told_.clear();
  watch_.reset();
  seen_groups_.clear();
  own_devices_.start_anew();
  started_anew.emit();
}

void Messenger::watch_groups(Subscriptions::Answered answered) {
  if (watch_) return;
  watch_ = session_.subscriptions().add(
      std::string(protocol::filter_all_groups), protocol::qos_group_message, Phase::before_login,
      std::move(answered), [this](const transport::Incoming& incoming) { on_watched(incoming); });
}

bool Messenger::end_watch() {
  const bool watched = watches_groups();
  watch_.reset();
  return watched;
}

/// Groups that are joined are heard of by their own filter.
void Messenger::on_watched(const transport::Incoming& incoming) {
  const auto topic = protocol::parse_message_topic(incoming.topic);
  if (!topic || topic->to_kind != NameKind::group || joined(std::string(topic->to))) return;
  if (incoming.retained) return seen_groups_.note(topic->to);
  const protocol::Message message = protocol::decode(incoming.payload, incoming.properties);
  seen_groups_.note_line(topic->to, topic->sender, protocol::shown_time(message, base::now()));
}

std::vector<std::string> Messenger::groups() const {
  std::vector<std::string> names;
  for (const auto& [name, subscription] : groups_) names.push_back(name);
  return names;
}

}  // namespace gnatter::chat
