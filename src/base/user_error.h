// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

namespace gnatter::base {

/// A mistake of the user's: what() is one sentence for the user's eyes. Thrown where it is found, caught
/// once, where the line, the option or the file came in.
class UserError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gnatter::base
