// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_command.h"

#include <exception>
#include <thread>
#include <utility>

#include "base/user_error.h"

namespace gnatter::app {
namespace {

LocalPlace find_place() try { return find_local_place(); } catch (const std::exception& error) {
  throw base::UserError(error.what());
}

}  // namespace

LocalCommand::LocalCommand(chat::Client& client, std::string user)
    : user_(std::move(user)), state_(std::make_shared<State>(State{client, {}})) {
  row_ = client.commands.add({"local",
                              {},
                              "",
                              "Connects to a private broker on this machine, started when it does not run",
                              false,
                              [this](chat::CommandCall& call) { run(call); }},
                             true);
}

void LocalCommand::run(chat::CommandCall& call) {
  if (state_->joining) return call.print("The private broker is being joined already.");
  chat::Network* const known = call.client.find_network("local");
  if (known && known->session.state() == chat::Session::State::ready)
    return call.print("You are on the private broker already: /win local shows it.");
  const LocalPlace place = find_place();
  const std::string user = call.network.user().empty() ? user_ : call.network.user();
  if (user.empty()) throw base::UserError("No user name: gnatter -u USER --local gives one.");
  chat::Network& network = known ? *known : call.client.unused_network(call.network);
  chat::Account there;
  there.name = "local";
  there.user = user;
  network.check_waiting(there);
  state_->joining = true;
  call.client.buffers.show(network.window());
  const auto succeed = [weak = std::weak_ptr(state_), &network](LocalSeat seat) {
    const auto state = weak.lock();
    if (!state) return;
    state->joining = false;
    state->seat = std::move(seat);
    state->client.connect(network, state->seat.account);
  };
  const auto fail = [weak = std::weak_ptr(state_), &network](const std::string& sentence) {
    const auto state = weak.lock();
    if (!state) return;
    state->joining = false;
    network.print(chat::LineKind::error, sentence);
  };
  std::thread([place, user, succeed, fail, post = call.client.loop().poster()] {
    try {
      const auto seat = std::make_shared<LocalSeat>(join_local_broker(place, user));
      post([succeed, seat] { succeed(std::move(*seat)); });
    } catch (const std::exception& error) {
      post([fail, sentence = std::string(error.what())] { fail(sentence); });
    }
  }).detach();
}

}  // namespace gnatter::app
