// SPDX-License-Identifier: GPL-3.0-or-later
// Traffic over lines that are cut again and again: everything arrives, in order, once repeats are taken out.
// Runs for GNATTER_SOAK_SECONDS (5); under the thread sanitizer it is the test of the threads.
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "support/mosquitto.h"
#include "support/paho_fixture.h"
#include "support/tcp_proxy.h"
#include "transport/outbox.h"
#include "transport/paho/paho_connection.h"

using namespace gnatter;
using namespace gnatter::transport;
using namespace std::chrono_literals;
using testing::Mosquitto;
using testing::TcpProxy;

namespace {

// Unlimited windows: with a full one, mosquitto 2.0.11 lets what comes in overtake what it has queued.
constexpr const char* configuration =
    "allow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0\n"
    "persistence true\npersistence_location @DIR@/\n";

std::chrono::seconds soak_time() {
  const char* text = std::getenv("GNATTER_SOAK_SECONDS");
  return std::chrono::seconds(text ? std::max(1, std::atoi(text)) : 5);
}

/// Keeps one connection open, whatever happens to it.
class Keeper {
 public:
  Keeper(base::EventLoop& loop, Worker& worker, ConnectPlan plan)
      : loop_(loop), worker_(worker), plan_(std::move(plan)) {
    renew();
  }

  std::function<void(Connection&)> on_new;
  std::function<void(Connection&)> on_open;
  std::function<void()> on_gone;
  int opens = 0;

  void start() {
    on_new(*connection_);
    connection_->open(plan_);
  }
  void end_orderly() {
    if (open_) connection_->close(true);
    open_ = false;
  }
  void destroy() {
    gone();
    renew();
    start();
  }

 private:
  void renew() {
    listeners_.clear();
    retry_.reset();
    connection_ = std::make_unique<PahoConnection>(loop_, worker_);
    listeners_.push_back(connection_->opened.connect([this](const Opened&) {
      ++opens;
      open_ = true;
      on_open(*connection_);
    }));
    listeners_.push_back(connection_->failed.connect([this](const Failure&) { again(); }));
    listeners_.push_back(connection_->lost.connect([this](const Lost&) { again(); }));
    listeners_.push_back(connection_->closed.connect([this] { again(); }));
  }
  void gone() {
    open_ = false;
    on_gone();
  }
  void again() {
    gone();
    retry_ = loop_.after(20ms, [this] { connection_->open(plan_); });
  }

  base::EventLoop& loop_;
  Worker& worker_;
  const ConnectPlan plan_;
  std::unique_ptr<PahoConnection> connection_;
  std::vector<Subscription> listeners_;
  Subscription retry_;
  bool open_ = false;
};

struct Fixture : testing::PahoFixture {
  Mosquitto broker{configuration};
  std::optional<TcpProxy> senders_wire;
  std::optional<TcpProxy> receivers_wire;
  std::optional<Keeper> sender;
  std::optional<Keeper> receiver;
  std::optional<Outbox> outbox;
  std::vector<Publication> unanswered;  // of an outbox whose connection was destroyed
  Subscription received;
  std::minstd_rand random{1};
  std::array<int, 3> added{};    // by QoS
  std::array<int, 3> arrived{};  // by QoS: the number that is next
  std::array<int, 3> out_of_order{};
  int repeats = 0;

  void set_up() {
    broker.start();
    senders_wire.emplace(broker.port());
    receivers_wire.emplace(broker.port());
    sender.emplace(loop, worker, plan(senders_wire->port(), "alice"));
    auto resuming = plan(receivers_wire->port(), "bob");
    resuming.resume = true;
    resuming.session_expiry = 1h;
    receiver.emplace(loop, worker, resuming);
    wire_sender();
    wire_receiver();
  }
  void wire_sender() {
    sender->on_new = [this](Connection& connection) {
      // An outbox belongs to a connection; what the last one had open goes first into the new one.
      auto open = std::exchange(unanswered, {});
      outbox.emplace(connection);
      for (auto& publication : open) add(std::move(publication));
    };
    sender->on_open = [this](Connection&) { outbox->start(); };
    sender->on_gone = [this] { outbox->stop(true); };
  }
  void wire_receiver() {
    receiver->on_new = [this](Connection& connection) {
      received = connection.received.connect([this](const Incoming& message) { arrive(message); });
    };
    receiver->on_open = [](Connection& connection) { connection.subscribe("/soak/+", 2, nullptr); };
    receiver->on_gone = [] {};
  }

  void add(Publication publication) {
    outbox->add(publication, [this, publication](const Outcome& outcome) {
      if (outcome.kind == Outcome::Kind::lost) unanswered.push_back(publication);
    });
  }
  void add_next() {
    const int qos = 1 + static_cast<int>(random() % 2);
    const int number = added[static_cast<std::size_t>(qos)]++;
    const std::string padding(random() % 50 == 0 ? 20'000 : 10, ' ');
    add({"/soak/" + std::to_string(qos),
         std::to_string(number) + padding,
         qos,
         false,
         {{"id", std::to_string(number)}}});
  }
  /// Order holds within a QoS: one of 2 takes a round trip more than one of 1.
  void arrive(const Incoming& message) {
    const auto qos = static_cast<std::size_t>(message.qos);
    const int number = std::stoi(message.payload);
    if (number == arrived[qos])
      ++arrived[qos];
    else if (number < arrived[qos])
      ++repeats;
    else
      ++out_of_order[qos];
  }

  void disturb() {
    switch (random() % 12) {
      case 0:
      case 1:
      case 2:
        return senders_wire->cut();
      case 3:
      case 4:
      case 5:
        return receivers_wire->cut();
      case 6:
        return sender->end_orderly();
      case 7:
        return receiver->end_orderly();
      case 8:
      case 9:
        outbox->discard_all();
        return sender->destroy();
      case 10:
        broker.stop();
        return broker.start();
      default:
        return;
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(soak, Fixture)

BOOST_AUTO_TEST_CASE(everything_arrives_in_order_over_lines_that_are_cut) {
  set_up();
  receiver->start();
  BOOST_REQUIRE(until([&] { return receiver->opens == 1; }));
  sender->start();
  auto feed = loop.every(1ms, [&] {
    while (outbox->size() < 40) add_next();
  });
  auto disturbances = loop.every(120ms, [&] { disturb(); });
  testing::run_for(loop, soak_time());
  disturbances.reset();
  feed.reset();
  BOOST_TEST(until([&] { return outbox->empty(); }, 30s));
  BOOST_TEST(until([&] { return arrived[1] == added[1] && arrived[2] == added[2]; }, 30s));
  BOOST_TEST(out_of_order[1] == 0);
  BOOST_TEST(out_of_order[2] == 0);
  BOOST_TEST_MESSAGE(added[1] << " of QoS 1, " << added[2] << " of QoS 2, " << repeats << " repeats, "
                              << sender->opens << " and " << receiver->opens << " connections");
}

BOOST_AUTO_TEST_SUITE_END()
