// SPDX-License-Identifier: GPL-3.0-or-later
// What OpenSSL does when the process ends, in processes of the test's own: whatever started it, nothing.
#include "transport/tls/process_end.h"

#include <openssl/crypto.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "base/file_descriptor.h"
#include "support/temporary_directory.h"
#include "transport/paho/worker.h"
#include "transport/tls/files.h"
#include "transport/tls/handshake.h"

namespace base = gnatter::base;
namespace transport = gnatter::transport;
using gnatter::testing::TemporaryDirectory;
using namespace std::chrono_literals;

namespace {

constexpr int kept = 0;
constexpr int taken_down = 1;
constexpr int never_started = 2;

/// How OpenSSL ends in a process that starts it by `use` and then calls exit().
int end_after(const std::function<void()>& use) {
  const pid_t process = ::fork();
  BOOST_REQUIRE(process >= 0);
  if (process == 0) {
    std::atexit([] { ::_exit(kept); });  // runs after what `use` registers
    use();
    if (OPENSSL_atexit([] { ::_exit(taken_down); }) != 1) ::_exit(never_started);
    std::exit(kept);
  }
  int status = 0;
  BOOST_REQUIRE_EQUAL(::waitpid(process, &status, 0), process);
  BOOST_REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

void read_damaged_certificate() {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "ca.crt";
  std::ofstream(file) << "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  try {
    transport::read_certificate(file);
  } catch (const base::UserError&) {
    return;
  }
  ::_exit(never_started);
}

void ask_for_tls() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0)
    ::_exit(never_started);
  const base::FileDescriptor ours(ends[0]);
  base::FileDescriptor(ends[1]).reset();
  transport::answers_in_tls(ours.get(), "localhost", 1s);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tls_process_end)

BOOST_AUTO_TEST_CASE(what_paho_started_is_kept) {
  BOOST_TEST(end_after([] { transport::Worker(); }) == kept);
}

BOOST_AUTO_TEST_CASE(what_a_file_started_is_kept) {
  BOOST_TEST(end_after(read_damaged_certificate) == kept);
}

BOOST_AUTO_TEST_CASE(what_a_handshake_started_is_kept) {
  BOOST_TEST(end_after(ask_for_tls) == kept);
}

BOOST_AUTO_TEST_SUITE_END()
