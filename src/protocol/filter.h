// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace gnatter::protocol {

/// Throws base::UserError with a sentence that says what would be right, unless `filter` is one (MQTT 5, 4.7
/// and, for "$share/NAME/FILTER", 4.8.2).
void check_filter(std::string_view filter);

/// The same for a topic that something is published on.
void check_topic(std::string_view topic);

/// What topics are compared with: of "$share/NAME/FILTER" what stands behind the name, else all of it.
std::string_view matched_part(std::string_view filter);

}  // namespace gnatter::protocol
