// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/options.h"

namespace gnatter::app {

/// What is to be done: run with options, or print `text` and end.
struct Invocation {
  std::optional<std::string> text;
  bool prints_config = false;  ///< rather than `text`: what there is to set; of `options`, `flags` are read
  Options options;
};

/// Reads argv, in which the password is overwritten at once (C2), and the configuration file. Throws
/// base::UserError with a sentence for every mistake.
Invocation read_invocation(int argc, char** argv);

}  // namespace gnatter::app
