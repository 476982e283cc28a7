// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace gnatter::protocol {

/// MQTT 5 user properties (MQTT 5, 3.3.2.3.7): pairs of UTF-8 strings, names may repeat, order is kept.
using UserProperties = std::vector<std::pair<std::string, std::string>>;

}  // namespace gnatter::protocol
