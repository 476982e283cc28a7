// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "transport/packets.h"
#include "transport/tls/openssl.h"

namespace gnatter::transport::tls {

/// Looks at the broker's chain as a whole and keeps what is most telling of all that is wrong with it: nobody
/// we trust has signed it, before its time, before its name, before the rest. Lives as long as the context
/// and the lines made from it.
class Verdict {
 public:
  /// From now on `context` asks this one.
  void judge_for(SSL_CTX* context);
  /// `host` is what the certificate must be for. Throws std::invalid_argument for one that cannot be
  /// compared.
  static void expect(SSL* ssl, const std::string& host);

  /// The broker's chain was looked at and found bad.
  [[nodiscard]] bool is_bad() const { return is_bad_; }
  [[nodiscard]] const Failure& failure() const { return failure_; }
  /// As sent; behind it the certificate at fault, should that be one of our CA file's. At most 10.
  [[nodiscard]] const std::vector<Certificate>& chain() const { return chain_; }

 private:
  static int verify(X509_STORE_CTX* store, void* self);
  static int remember(int is_good, X509_STORE_CTX* store);
  int judge(X509_STORE_CTX* store);
  void keep_chain(X509_STORE_CTX* store);
  std::size_t place_of(const X509* certificate);

  struct Error {
    int code = 0;
    X509Ptr certificate;
  };
  std::vector<Error> errors_;
  std::vector<X509Ptr> sent_;
  std::vector<Certificate> chain_;
  Failure failure_;
  bool is_bad_ = false;
};

inline constexpr int longest_chain = 10;

}  // namespace gnatter::transport::tls
