// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/options.h"

namespace gnatter::app {

/// The keys of a TOML file (C3), each named like its long option: strings, integers, and arrays of strings
/// for options that may be repeated. Throws base::UserError with file, line and what was expected.
Values read_config_file(const std::filesystem::path& file);

}  // namespace gnatter::app
