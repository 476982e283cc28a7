// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/raw_topics.h"

#include <chrono>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/network.h"
#include "chat/words.h"
#include "protocol/filter.h"

namespace gnatter::chat {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 5s;         // with a broker that does not answer a SUBSCRIBE
constexpr auto status_patience = 3s;  // what is retained comes at once
constexpr std::size_t most_topics = 1000;

std::string shown(const Buffer& window) {
  return base::safe_row(window.name());
}

}  // namespace

RawTopics::RawTopics(base::EventLoop& loop, BufferList& buffers, Network& network)
    : loop_(loop), buffers_(buffers), network_(network) {
  listening_.push_back(buffers_.closing.connect([this](Buffer& window) { filters_.erase(&window); }));
  listening_.push_back(network_.messenger.started_anew.connect([this] {
    for (auto& [window, filter] : filters_) {
      filter.subscription.reset();
      filter.patience.reset();
      filter.state = State::ended;
    }
  }));
}

Buffer& RawTopics::subscribe(const std::string& name, std::optional<int> qos) {
  protocol::check_filter(name);
  if (network_.user().empty())
    throw base::UserError("There is no broker yet: /local or /connect HOST first.");
  Buffer& window = buffers_.open(network_, BufferKind::topic, name);
  Filter& filter = filters_.try_emplace(&window, loop_, window).first->second;
  const bool same = !qos || *qos == filter.qos;
  if (same && (filter.state == State::asking || filter.state == State::standing)) return window;
  filter.qos = qos.value_or(filter.qos);
  ask(filter);
  return window;
}

/// Alone: a broker that closes the line at a filter is not to do so for ever.
void RawTopics::ask(Filter& filter) {
  filter.subscription.reset();
  filter.state = State::asking;
  filter.subscription = network_.session.subscriptions().add(
      filter.raw.window().name(), filter.qos, Phase::alone,
      [this, &filter](const SubscribeAnswer& answer) { on_answer(filter, answer); },
      [this, &filter](const transport::Incoming& incoming) { filter.raw.received(incoming, every_line_); });
  if (!is_ready()) return;  // else Subscriptions tells of a silence
  filter.patience = loop_.after(patience, [this, &filter] {
    filter.patience.reset();
    if (is_ready()) on_answer(filter, {SubscribeAnswer::Kind::silent, 0, {}});
  });
}

void RawTopics::on_answer(Filter& filter, const SubscribeAnswer& answer) {
  filter.patience.reset();
  switch (answer.kind) {
    case SubscribeAnswer::Kind::granted:
      return granted(filter, answer.code);
    case SubscribeAnswer::Kind::silent:
      return filter.raw.print(LineKind::error, refusal(filter, answer));
    case SubscribeAnswer::Kind::refused:
    case SubscribeAnswer::Kind::closed:
      filter.state = State::refused;
      return filter.raw.print(LineKind::error, refusal(filter, answer));
  }
}

/// Again after each connect: that is no news.
void RawTopics::granted(Filter& filter, int qos) {
  if (std::exchange(filter.state, State::standing) == State::standing) return;
  filter.raw.tell_subscribed(qos);
  if (!filter.raw.latest_only()) return;
  filter.patience = loop_.after(status_patience, [this, &filter] {
    filter.patience.reset();
    if (!filter.raw.topics().empty()) return;
    filter.raw.print(LineKind::info, network_.name() +
                                         " tells nothing here: it keeps no status, or does not let " +
                                         base::safe_text(network_.user()) +
                                         " read it. Its operator can (mosquitto's ACL: topic read $SYS/#).");
  });
}

std::string RawTopics::refusal(const Filter& filter, const SubscribeAnswer& answer) const {
  const std::string name = shown(filter.raw.window()), again = " /sub " + name + " asks again.";
  const std::string& network = network_.name();
  if (answer.kind == SubscribeAnswer::Kind::silent)
    return network + " does not answer to the subscription of " + name + ". Perhaps nothing comes." + again;
  if (answer.kind == SubscribeAnswer::Kind::closed)
    return network + " closed the line at " + name + ", so it is not asked for by itself any more." + again;
  if (answer.code == 0x87 || answer.code == 0x80)
    return network + " does not let " + base::safe_text(network_.user()) + " read " + name +
           words::code(answer.code) + '.' + again;
  const std::string why = answer.reason.empty() ? std::string() : ": " + base::safe_row(answer.reason);
  return network + " refused " + name + why + words::code(answer.code) + '.' + again;
}

bool RawTopics::unsubscribe(std::string_view name) {
  Buffer* const window = buffers_.find(network_, BufferKind::topic, name);
  const auto found = filters_.find(window);
  if (found == filters_.end() || found->second.state == State::ended) return false;
  Filter& filter = found->second;
  filter.subscription.reset();
  filter.patience.reset();
  filter.state = State::ended;
  filter.raw.print(LineKind::info, "Unsubscribed from " + shown(*window) + ". /close closes this window.");
  return true;
}

std::vector<std::pair<std::string, int>> RawTopics::filters() const {
  std::vector<std::pair<std::string, int>> out;
  for (const auto& entry : buffers_.entries())
    if (const Filter* const filter = find(*entry.buffer); filter && filter->state != State::ended)
      out.emplace_back(entry.buffer->name(), filter->qos);
  return out;
}

std::vector<std::string> RawTopics::topics() const {
  std::vector<std::string> out;
  for (const auto& [window, filter] : filters_)
    for (const std::string& topic : filter.raw.topics())
      if (out.size() < most_topics) out.push_back(topic);
  return out;
}

const RawTopics::Filter* RawTopics::find(const Buffer& window) const {
  const auto found = filters_.find(&window);
  return found == filters_.end() ? nullptr : &found->second;
}

bool RawTopics::is_ready() const {
  return network_.session.state() == Session::State::ready;
}

RawTopics::State RawTopics::state(const Buffer& window) const {
  const Filter* const filter = find(window);
  return filter ? filter->state : State::ended;
}

std::string RawTopics::description(const Buffer& window) const {
  const Filter* const filter = find(window);
  if (!filter || filter->state == State::ended) return "not subscribed";
  if (filter->state == State::refused) return "refused";
  const std::string qos = "QoS " + std::to_string(filter->qos), traffic = filter->raw.traffic();
  if (filter->state == State::asking) return qos + ", asked for";
  return traffic.empty() ? qos : qos + " · " + traffic;
}

std::string RawTopics::nothing_yet(const Buffer& window) const {
  const std::string& network = network_.name();
  return is_ready() ? network + " is asked for " + shown(window) + '.'
                    : shown(window) + " is asked for when " + network + " is there.";
}

bool RawTopics::latest_only(const Buffer& window) const {
  const Filter* const filter = find(window);
  return filter && filter->raw.latest_only();
}

}  // namespace gnatter::chat
