// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace gnatter::ui {

/// The parts of a topic, from the front, that its filter fixes: of "sensors/kitchen/power" for
/// "sensors/+/power" "sensors/" and "/power". Views of the topic.
std::vector<std::string_view> fixed_parts(std::string_view filter, std::string_view topic);

}  // namespace gnatter::ui
