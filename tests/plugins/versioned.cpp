// SPDX-License-Identifier: GPL-3.0-or-later
// One plugin in two versions (VERSION): what it holds as an inline function's static and as an inline
// variable would be "unique" to gcc, shared with, and kept by, a copy that was loaded before.

#include <string>

#include "gnatter/plugin.h"

namespace gnatter_test {

struct __attribute__((visibility("default"))) Shared {
  static inline int calls = 0;
  static const std::string& version() {
    static const std::string text = VERSION;
    return text;
  }
};

}  // namespace gnatter_test

namespace {

using namespace gnatter;
using gnatter_test::Shared;

class Versioned final : public Plugin {
 public:
  explicit Versioned(Host& host)
      : command_(host.add_command({"versioned", {}, "", "Says which it is"}, [](CommandCall& call) {
          call.print("version " + Shared::version() + ", call " + std::to_string(++Shared::calls));
        })) {}

 private:
  Subscription command_;
};

}  // namespace

GNATTER_PLUGIN(Versioned, "versioned", VERSION, "says which it is")
