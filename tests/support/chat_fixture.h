// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/event_loop.h"
#include "base/user_error.h"
#include "chat/client.h"
#include "support/fake_connection.h"
#include "support/run_until.h"

namespace gnatter::testing {

/// alice's client with one network, whose broker is the test.
struct ChatFixture {
  base::EventLoop loop;
  FakeConnection* connection = nullptr;
  std::string no_identity;  ///< why no account can be completed; empty: it can
  chat::Client client{loop,
                      [this] {
                        auto made = std::make_unique<FakeConnection>();
                        connection = made.get();
                        return made;
                      },
                      [this](chat::Account account) {
                        if (!no_identity.empty()) throw base::UserError(no_identity);
                        account.client_id = "device";
                        return account;
                      }};
  chat::Network& network = client.add_network();
  chat::Session& session = network.session;

  static chat::Account alice() {
    chat::Account account;
    account.host = "broker.example";
    account.user = "alice";
    account.password = "secret";
    return account;
  }

  void open(int mqtt_version = 5, bool session_present = false) {
    transport::Opened opened;
    opened.mqtt_version = mqtt_version;
    opened.session_present = session_present;
    connection->opened.emit(opened);
  }
  /// The broker takes the attempt and every SUBSCRIBE; publishes stay unanswered.
  void become_ready(int mqtt_version = 5) {
    open(mqtt_version);
    accept_subscribes();
  }
  void connect(int mqtt_version = 5) {
    client.connect(network, alice());
    become_ready(mqtt_version);
  }
  /// An answer may lead to the next SUBSCRIBE: all of them.
  void accept_subscribes() {
    for (std::size_t i = 0; i < connection->subscribes.size(); ++i)
      connection->answer_subscribe(i, FakeConnection::accepted(connection->subscribes[i].qos));
  }
  /// Until everything that is due now has been called.
  void settle() { run_for(loop, std::chrono::milliseconds(20)); }
  /// The old connection ends: subscriptions, logout, DISCONNECT.
  void finish_leaving() {
    connection->accept_all();
    settle();
    connection->accept_all();
    settle();
    connection->finish_close();
  }

  void receive(std::string topic, std::string payload, protocol::UserProperties properties = {},
               bool retained = false) {
    transport::Incoming incoming;
    incoming.topic = std::move(topic);
    incoming.payload = std::move(payload);
    incoming.retained = retained;
    incoming.has_properties = !properties.empty();
    incoming.properties = std::move(properties);
    connection->received.emit(incoming);
  }
  /// What came out of our own publish, as the broker hands it to us. `with_properties`: MQTT 5.
  void echo(std::size_t publish, bool with_properties = true) {
    const auto publication = connection->publishes.at(publish).publication;
    receive(publication.topic, publication.payload,
            with_properties ? publication.properties : protocol::UserProperties());
  }

  /// The sentence with which a typed line is refused; empty when it is taken.
  std::string refusal(std::string_view line) {
    try {
      client.enter(line);
    } catch (const base::UserError& error) {
      return error.what();
    }
    return {};
  }

  chat::Buffer* window(chat::BufferKind kind, std::string_view name) {
    return client.buffers.find(network, kind, name);
  }
  chat::Buffer* group(std::string_view name) { return window(chat::BufferKind::group, name); }
  chat::Buffer* direct(std::string_view name) { return window(chat::BufferKind::direct, name); }

  /// The lines of a window, each as "alice: hello", with state and kind where they are not the usual ones:
  /// "alice (pending): hello", "* alice waves", "info: …", "error: …".
  static std::vector<std::string> lines(const chat::Buffer* buffer) {
    std::vector<std::string> out;
    if (!buffer) return out;
    for (chat::LineNumber number = buffer->first(); number < buffer->end(); ++number)
      out.push_back(written(*buffer->line(number)));
    return out;
  }
  static std::string written(const chat::Line& line) {
    static constexpr const char* states[] = {"", " (pending)", " (sent)", " (refused)"};
    const std::string who = std::string(line.sender) + states[static_cast<int>(line.state)];
    const std::string text(line.text);
    switch (line.kind) {
      case chat::LineKind::message:
        return who + ": " + text;
      case chat::LineKind::action:
        return "* " + who + ' ' + text;
      case chat::LineKind::notice:
        return "-" + who + "- " + text;
      case chat::LineKind::info:
        return "info: " + text;
      case chat::LineKind::error:
        return "error: " + text;
      case chat::LineKind::presence:
        return "presence: " + text;
      case chat::LineKind::rule:
        return "rule: " + text;
      case chat::LineKind::raw:
        return (line.retained ? "retained " : "raw ") + who + ": " + text;
    }
    return text;
  }
  /// Only what people said.
  static std::vector<std::string> said(const chat::Buffer* buffer) {
    auto out = lines(buffer);
    std::erase_if(out, [](const std::string& line) {
      return line.starts_with("info: ") || line.starts_with("error: ") || line.starts_with("presence: ") ||
             line.starts_with("rule: ");
    });
    return out;
  }
  /// How many lines of the window hold `words`.
  static std::size_t count(const chat::Buffer* buffer, std::string_view words) {
    const auto all = lines(buffer);
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const std::string& line) { return line.find(words) != line.npos; }));
  }

  [[nodiscard]] std::vector<std::string> subscribed(std::size_t from = 0) const {
    std::vector<std::string> filters;
    for (; from < connection->subscribes.size(); ++from)
      filters.push_back(connection->subscribes[from].filter);
    return filters;
  }
  /// "topic payload" of what was published.
  [[nodiscard]] std::vector<std::string> published(std::size_t from = 0) const {
    std::vector<std::string> out;
    for (; from < connection->publishes.size(); ++from) {
      const auto& publication = connection->publishes[from].publication;
      out.push_back(publication.topic + ' ' + publication.payload);
    }
    return out;
  }
};

}  // namespace gnatter::testing
