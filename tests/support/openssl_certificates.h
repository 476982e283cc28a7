// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/child.h"
#include "support/temporary_directory.h"

namespace gnatter::testing {

/// Certificates as good or as bad as the test wants, made by the openssl program. NAME.crt and NAME.key lie
/// in one folder, which goes with the object.
class Certificates {
 public:
  struct Wish {
    std::string subject = "/CN=localhost";
    std::string extensions =
        "subjectAltName=DNS:localhost,IP:127.0.0.1";  ///< lines of openssl's x509v3_config
    std::string key = "P-256";                        ///< or another curve, or "RSA:2048"
    std::string from = "-1";                          ///< days from now
    std::string to = "30";
  };
  static constexpr const char* ca_extensions =
      "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign";

  [[nodiscard]] std::filesystem::path path(const std::string& file) const { return folder_.path() / file; }
  [[nodiscard]] std::filesystem::path crt(const std::string& name) const { return path(name + ".crt"); }
  [[nodiscard]] std::filesystem::path key(const std::string& name) const { return path(name + ".key"); }

  /// A CA, signed by itself.
  void make_ca(const std::string& name, Wish wish) {
    if (wish.extensions.find("basicConstraints") == std::string::npos) wish.extensions = ca_extensions;
    sign(name, name, wish);
  }
  void make_ca(const std::string& name) { make_ca(name, {.subject = "/O=Chat/CN=" + name}); }

  /// One signed by the certificate `issuer`, or by itself where that is its own name.
  void sign(const std::string& name, const std::string& issuer, const Wish& wish) {
    make_key(name, wish.key);
    write(name + ".ext", wish.extensions + '\n');
    run({"req", "-new", "-utf8", "-key", name + ".key", "-subj", wish.subject, "-out", name + ".csr"});
    write("ca.cnf", configuration);
    write("index", "");
    std::vector<std::string> words{
        "ca",         "-config",         "ca.cnf",   "-batch",        "-preserveDN", "-notext",
        "-in",        name + ".csr",     "-out",     name + ".crt",   "-extfile",    name + ".ext",
        "-startdate", moment(wish.from), "-enddate", moment(wish.to), "-keyfile",    issuer + ".key"};
    if (issuer == name)
      words.emplace_back("-selfsign");
    else
      words.insert(words.end(), {"-cert", issuer + ".crt"});
    run(words);
  }

  void make_key(const std::string& name, const std::string& kind) {
    if (kind.starts_with("RSA:"))
      run({"genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:" + kind.substr(4), "-out",
           name + ".key"});
    else
      run({"genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + kind, "-out", name + ".key"});
    ::chmod(key(name).c_str(), 0600);
  }

  /// The openssl program with these words, in the folder. Throws with what it says when it fails.
  void run(std::vector<std::string> words) const {
    words.insert(words.begin(), "openssl");
    Child child(words, {.folder = folder_.path(), .output = path("output")});
    if (child.wait() != 0) throw std::runtime_error(words.at(1) + ": " + read("output"));
  }

  std::filesystem::path write(const std::string& file, const std::string& text) const {
    std::ofstream(path(file), std::ios::binary) << text;
    return path(file);
  }
  [[nodiscard]] std::string read(const std::string& file) const {
    std::ostringstream text;
    text << std::ifstream(path(file), std::ios::binary).rdbuf();
    return text.str();
  }
  /// The text of several files in one.
  std::filesystem::path join(const std::string& file, const std::vector<std::string>& parts) const {
    std::string text;
    for (const auto& part : parts) text += read(part);
    write(file, text);
    ::chmod(path(file).c_str(), 0600);
    return path(file);
  }

 private:
  static constexpr const char* configuration =
      "[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\n"
      "unique_subject=no\npolicy=p\n[p]\ncommonName=optional\norganizationName=optional\n"
      "description=optional\n";

  /// As openssl's -startdate takes it.
  static std::string moment(const std::string& days) {
    const std::time_t time = std::time(nullptr) + std::stol(days) * 24 * 60 * 60;
    std::tm fields{};
    ::gmtime_r(&time, &fields);
    char text[32];
    std::strftime(text, sizeof text, "%Y%m%d%H%M%SZ", &fields);
    return text;
  }

  const TemporaryDirectory folder_;
};

}  // namespace gnatter::testing
