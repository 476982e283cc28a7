// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "app/child_output.h"

namespace gnatter::testing {

/// Makes DIRECTORY/NAME.crt, signed by itself, and its key NAME.key, on P-256 and encrypted when there is a
/// `password`, by the openssl program. `subject` is as its -subj takes it. The certificate's path.
inline std::filesystem::path make_certificate(const std::filesystem::path& directory, const std::string& name,
                                              const std::string& subject, const std::string& password = {}) {
  const auto certificate = directory / (name + ".crt"), configuration = directory / "openssl.conf";
  std::ofstream(configuration) << "[req]\ndistinguished_name = any\n[any]\n";
  std::vector<std::string> words{"sh", "-c", "openssl \"$@\" 2>&1 && echo made", "sh"};
  for (const std::string& word :
       {std::string("req"), std::string("-x509"), std::string("-newkey"), std::string("ec"),
        std::string("-pkeyopt"), std::string("ec_paramgen_curve:P-256"), std::string("-config"),
        configuration.string(), std::string("-utf8"), std::string("-subj"), subject, std::string("-days"),
        std::string("2"), std::string("-keyout"), (directory / (name + ".key")).string(), std::string("-out"),
        certificate.string()})
    words.push_back(word);
  if (password.empty())
    words.emplace_back("-nodes");
  else
    words.insert(words.end(), {"-passout", "pass:" + password});
  app::first_line_of(words, "openssl");
  std::filesystem::remove(configuration);
  return certificate;
}

}  // namespace gnatter::testing
