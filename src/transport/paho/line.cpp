// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/line.h"

#include <utility>

namespace gnatter::transport {

Line::Line(Worker& worker, const ConnectPlan& plan, int mqtt_version, std::shared_ptr<PacketLog> log)
    : worker_(worker),
      mailbox_(std::make_shared<EventMailbox>(most_event_bytes)),
      client_(std::make_shared<PahoClient>(mailbox_, std::move(log))) {
  worker_.post([client = client_, plan, mqtt_version] { client->connect(plan, mqtt_version); });
}

Line::~Line() {
  mailbox_->close();
  worker_.post([client = std::move(client_)] { client->end(); });
}

bool Line::send(SendWindow::Outgoing outgoing) {
  return worker_.try_post([client = client_, outgoing = std::move(outgoing)] {
    client->send(outgoing.number, outgoing.request);
  });
}

void Line::disconnect(bool keep_session) {
  worker_.post([client = client_, keep_session] { client->disconnect(keep_session); });
}

}  // namespace gnatter::transport
