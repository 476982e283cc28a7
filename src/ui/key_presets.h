// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/line_editor.h"

namespace gnatter::ui {

/// The presets that the setting `keys` knows beside our own keys, by their names there.
std::vector<KeyPreset> key_presets();

}  // namespace gnatter::ui
