// SPDX-License-Identifier: GPL-3.0-or-later
// Ends the program, in the way that its command says; built with FATAL_STATIC, as soon as it is loaded.

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gnatter/plugin.h"

namespace {

using namespace gnatter;

[[noreturn]] int fall(const char* words) {
  throw std::runtime_error(words);
}

#if defined(FATAL_STATIC)
[[maybe_unused]] const int fallen = fall("the sky fell");
#endif

std::size_t deeper(std::size_t depth) {
  if (depth == std::string_view::npos) return 0;
  volatile char room[4096];
  room[depth % sizeof room] = 1;
  return deeper(depth + 1) + static_cast<std::size_t>(room[depth % sizeof room]);
}

[[noreturn]] void not_to_throw() noexcept {
  fall("nobody may");
}

void finish(std::string_view how) {
  if (how == "abort") std::abort();
  if (how == "exit") std::exit(0);
  if (how == "terminate") not_to_throw();
  if (how == "overflow") deeper(0);
}

class Fatal final : public Plugin {
 public:
  explicit Fatal(Host& host)
      : command_(host.add_command({"fatal", {}, "HOW", "Ends the program"},
                                  [](CommandCall& call) { finish(call.arguments()); })),
        soon_(host.add_command({"fatal-soon", {}, "HOW", "Ends it a little later"},
                               [this, &host](CommandCall& call) {
                                 const std::string how(call.arguments());
                                 timer_ = host.after(std::chrono::milliseconds(1), [how] { finish(how); });
                               })) {}

 private:
  Subscription command_, soon_, timer_;
};

}  // namespace

GNATTER_PLUGIN(Fatal, "fatal", "1.0", "ends the program")
