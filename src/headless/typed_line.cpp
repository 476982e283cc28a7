// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/typed_line.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/user_error.h"

namespace gnatter::headless {

void enter_typed_line(chat::Client& client, std::string_view raw) {
  const std::string line = base::unescape_field(raw);  // as the output escapes names and texts alike
  if (line.empty()) return;
  if (line.starts_with('/')) return client.enter(line);
  std::string_view rest = line;
  const auto [network, target] = client.take_place(client.current_network(), rest);
  if (network.session.state() == chat::Session::State::off && network.session.outbox().full())
    throw base::UserError(
        "Not connected, and no more lines are kept: this one was not taken. /connect connects.");
  network.messenger.say(target, rest, protocol::Kind::message);
}

bool is_full(const chat::Client& client, std::size_t most) {
  const auto& networks = client.networks();
  return std::any_of(networks.begin(), networks.end(), [most](const auto& network) {
    const auto& outbox = network->session.outbox();
    // Off: a command may be on its way to mend it.
    return (outbox.full() || outbox.size() >= most) && network->session.state() != chat::Session::State::off;
  });
}

}  // namespace gnatter::headless
