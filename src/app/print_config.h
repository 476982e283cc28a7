// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "chat/settings.h"

namespace gnatter::app {

/// A gnatter.toml with every setting there is, each in a comment at its default, and what it is for: the
/// client's own, and those of the plugins whose rows are in `settings`. Lines of 80 columns at most; what it
/// says is nothing, until something of it is no comment any more.
std::string printed_config(const chat::Settings& settings);

}  // namespace gnatter::app
