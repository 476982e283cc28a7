// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "chat/settings.h"

namespace gnatter::app {

/// `toml` with one setting at another value, or without it; see with_changes(), which looks whether that has
/// done what it should. A setting that stands at that value already is written anew.
std::string with_setting(const std::string& toml, const std::string& name, const std::string& value);
/// Where it stands in a line of its own, `initial` takes its place in a comment, unless that is empty or
/// there is such a comment already.
std::string without_setting(const std::string& toml, const std::string& name, const std::string& initial);

}  // namespace gnatter::app
