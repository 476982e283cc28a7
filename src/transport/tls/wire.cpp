// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/wire.h"

#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

namespace gnatter::transport::tls {
namespace {

constexpr std::size_t header = 5;  // of a record: type, version, length

bool is_interrupted(int error) {
  return error == EINTR || error == EAGAIN || error == EWOULDBLOCK;
}

}  // namespace

Wire::Wire(SSL_CTX* context, int socket) : socket_(socket), ssl_(SSL_new(context)) {
  BIO* const in = BIO_new(BIO_s_mem());
  BIO* const out = BIO_new(BIO_s_mem());
  if (!ssl_ || !in || !out) throw std::runtime_error("OpenSSL has no memory");
  SSL_set_bio(ssl_.get(), in, out);
}

Wire::Stop Wire::run(const std::function<int(SSL*)>& operation, Deadline deadline) {
  for (;;) {
    ERR_clear_error();
    const int result = operation(ssl_.get());
    const int state = SSL_get_error(ssl_.get(), result);
    errors_ = take_errors();
    const bool in_time = send(deadline);
    if (result > 0) return Stop::done;
    if (state == SSL_ERROR_ZERO_RETURN) return Stop::closed;
    if (state != SSL_ERROR_WANT_READ) return Stop::failed;
    if (!in_time) return Stop::timed_out;
    if (const Stop stop = receive(deadline); stop != Stop::done) return stop;
  }
}

bool Wire::is_answered_in_tls(const std::function<int(SSL*)>& operation, Deadline deadline) {
  ERR_clear_error();
  operation(ssl_.get());
  errors_ = take_errors();
  if (!send(deadline)) return false;
  while (first_bytes_.size() < header)
    if (receive(deadline) != Stop::done) return false;
  return looks_like_tls();
}

void Wire::flush() {
  send(Deadline::min());
}

/// False: not in time. A socket that takes nothing more is none of our business here: what the other side has
/// said before it closed is still to be read.
bool Wire::send(Deadline deadline) {
  std::array<char, 4096> chunk{};
  int size = 0;
  while ((size = BIO_read(SSL_get_wbio(ssl_.get()), chunk.data(), chunk.size())) > 0)
    unsent_.append(chunk.data(), static_cast<std::size_t>(size));
  while (!unsent_.empty() && !cannot_send_) {
    const ssize_t sent = ::send(socket_, unsent_.data(), unsent_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0)
      unsent_.erase(0, static_cast<std::size_t>(sent));
    else if (!is_interrupted(errno))
      cannot_send_ = true;
    else if (errno != EINTR && !wait(POLLOUT, deadline))
      return false;
  }
  return true;
}

Wire::Stop Wire::receive(Deadline deadline) {
  std::array<char, 16384> chunk{};
  for (;;) {
    if (!wait(POLLIN, deadline)) return Stop::timed_out;
    const ssize_t size = ::recv(socket_, chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (size < 0 && is_interrupted(errno)) continue;
    if (size <= 0) return Stop::closed;
    const auto count = static_cast<std::size_t>(size);
    first_bytes_.append(chunk.data(), std::min(count, header - std::min(header, first_bytes_.size())));
    BIO_write(SSL_get_rbio(ssl_.get()), chunk.data(), static_cast<int>(count));
    return Stop::done;
  }
}

bool Wire::wait(short events, Deadline deadline) const {
  using namespace std::chrono;
  for (;;) {
    const auto now = steady_clock::now();
    if (now >= deadline) return false;
    const auto left = std::min<milliseconds>(ceil<milliseconds>(deadline - now), hours(1));
    pollfd entry{socket_, events, 0};
    if (::poll(&entry, 1, static_cast<int>(left.count())) > 0) return true;
  }
}

bool Wire::looks_like_tls() const {
  const auto byte = [this](std::size_t at) { return static_cast<unsigned char>(first_bytes_[at]); };
  const std::size_t size = first_bytes_.size();
  if (size == 0) return false;
  return (byte(0) == SSL3_RT_HANDSHAKE || byte(0) == SSL3_RT_ALERT) && (size < 2 || byte(1) == 3) &&
         (size < 3 || byte(2) <= 4) && (size < 4 || byte(3) <= 0x48);
}

}  // namespace gnatter::transport::tls
