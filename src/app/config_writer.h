// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "chat/settings.h"

namespace gnatter::app {

/// The text of a configuration with the changes in it, and everything else, comments, blank lines, quotes and
/// line ends, byte for byte as it was. A value is changed where it stands, else where it stands in a comment
/// ("# port = 1883", which is a comment no more), else at the end of its table, which is made at the end of
/// the text when missing. What is unset goes with its lines. Throws base::UserError when `toml` is none, or
/// one in which this cannot be done.
std::string with_changes(const std::string& toml, const std::vector<chat::Settings::Change>& changes);

/// The same in a file, which is made when missing, in private directories: even after a power cut it is
/// either as before or as now, with mode 0600. A link stays one, and the file it points to changes. Several
/// programs take turns, and neither loses what the other has changed. Throws base::UserError, and nothing has
/// changed, when it cannot be, or when what stands there has a mistake.
void save_config(const std::filesystem::path& file, const std::vector<chat::Settings::Change>& changes);

/// As it is written in TOML, on one line.
std::string toml_of(const chat::Settings::Value& value);

}  // namespace gnatter::app
