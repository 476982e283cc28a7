// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/link_watch.h"

#include <algorithm>
#include <utility>

namespace gnatter::ui {
namespace {

using State = chat::Session::State;
using Clock = base::EventLoop::Clock;
using namespace std::chrono_literals;

/// How long a broker that should answer has not.
std::chrono::seconds waited_for_answer(const chat::Network& network) {
  if (network.session.state() != State::ready) return 0s;
  return std::chrono::floor<std::chrono::seconds>(network.session.outbox().silence());
}

/// Of a line that stands: who can read along.
LinkWatch::Words line_words(const chat::Session& session) {
  const auto good = [](const char* word) { return LinkWatch::Words{word, word, Role::bar_dim}; };
  if (const auto& tls = session.opened().tls) return good(tls->own ? "cert" : "tls");
  if (chat::is_loopback(session.account().host)) return good("local");
  return {"PLAIN", "PLAIN", Role::bar_warn};
}

}  // namespace

LinkWatch::LinkWatch(chat::Client& client, std::function<void()> changed)
    : client_(client), changed_(std::move(changed)) {
  for (const auto& network : client_.networks()) follow(*network);
  listening_.push_back(client_.network_added.connect([this](chat::Network& network) { follow(network); }));
}

void LinkWatch::follow(chat::Network& network) {
  Link& link = links_[&network];
  const auto waits = [this, &link](std::optional<std::chrono::milliseconds> retry_in) {
    if (std::exchange(link.was_up, false) || link.since == base::Time{}) link.since = base::now();
    link.next_try.reset();
    if (retry_in) link.next_try = Clock::now() + *retry_in;
    changed_();
  };
  listening_.push_back(network.session.lost.connect([waits, &link](const auto&, auto retry_in) {
    link.lost = true;
    waits(retry_in);
  }));
  listening_.push_back(
      network.session.failed.connect([waits](const auto&, auto retry_in) { waits(retry_in); }));
  listening_.push_back(network.session.connecting.connect([this, &link](auto&) {
    link.next_try.reset();
    changed_();
  }));
  listening_.push_back(network.session.ready.connect([this, &link](bool) {
    link.ever_up = true;
    link.lost = false;
    if (!std::exchange(link.was_up, true)) link.since = base::now();
    changed_();
  }));
  listening_.push_back(network.session.ended.connect([this, &link] {
    const bool before = link.ever_up;
    link = {};
    link.ever_up = before;
    changed_();
  }));
}

const LinkWatch::Link& LinkWatch::link(const chat::Network& network) const {
  static const Link unknown;
  const auto found = links_.find(&network);
  return found == links_.end() ? unknown : found->second;
}

base::Time LinkWatch::since(const chat::Network& network) const {
  return link(network).since;
}

bool LinkWatch::off(const chat::Network& network) const {
  const State state = network.session.state();
  return state == State::off || state == State::waiting ||
         (state == State::connecting && !link(network).was_up);
}

bool LinkWatch::counting() const {
  return std::any_of(client_.networks().begin(), client_.networks().end(), [](const auto& network) {
    return network->session.state() == State::waiting || waited_for_answer(*network) > 0s;
  });
}

LinkWatch::Words LinkWatch::words(const chat::Network& network) const {
  const Link& link = this->link(network);
  switch (network.session.state()) {
    case State::ready:
      if (const auto waited = waited_for_answer(network); waited >= 8s) {
        const std::string words = "no answer " + std::to_string(waited.count()) + " s";
        return {words, words, Role::bar_warn};
      }
      [[fallthrough]];
    case State::preparing:
      return line_words(network.session);
    case State::connecting:
      return {"connecting", "connecting", Role::bar};
    case State::leaving:
      return {"leaving", "leaving", Role::bar};
    case State::off:
      if (!network.session.failure() || link.since == base::Time{}) return {"OFF", "OFF", Role::bar_error};
      return {"OFF since " + base::local_clock(link.since) + ", stopped", "OFF, stopped", Role::bar_error};
    case State::waiting:
      break;
  }
  const auto left = link.next_try ? std::chrono::ceil<std::chrono::seconds>(*link.next_try - Clock::now())
                                  : std::chrono::seconds(0);
  const std::string seconds = std::to_string(std::max<std::int64_t>(0, left.count())) + " s";
  return {"OFF since " + base::local_clock(link.since) + ", next try in " + seconds,
          "OFF, next try " + seconds, Role::bar_error};
}

}  // namespace gnatter::ui
