// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "ui/glyphs.h"

namespace gnatter::ui {

/// A name with marks for the blanks at its ends and for characters that show nothing at all: neither "bob "
/// nor one with a zero width space shall look like "bob".
std::string shown_name(std::string_view name, const Glyphs& glyphs);

/// shown_name() in `cells`: cut at its end, or in the middle when another one of `known` would then look the
/// same.
std::string cut_name(std::string_view name, int cells, const std::set<std::string>& known,
                     const Glyphs& glyphs);

}  // namespace gnatter::ui
