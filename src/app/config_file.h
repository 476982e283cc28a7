// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/options.h"

namespace gnatter::app {

struct ConfigFile {
  Values values;
  std::vector<GivenSetting> settings;
};

/// The keys of a TOML file (C3), each named like its long option: strings, integers, arrays of strings for
/// options that may be repeated, true and false for switches; one that is false is not among the values. A
/// relative path is made one from the directory of `file`, `~/` from the home directory. A table is a
/// plugin's, of strings, whole numbers and switches, which stand as they are. Throws base::UserError with
/// file, line and what was expected.
ConfigFile read_config_file(const std::filesystem::path& file);

}  // namespace gnatter::app
