// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gnatter::app {

/// What is wrong in a configuration file.
class ConfigFaults {
 public:
  explicit ConfigFaults(const std::filesystem::path& file);

  /// "FILE:LINE"
  [[nodiscard]] std::string place(std::size_t line) const;
  void add(std::size_t line, std::string why);
  /// Throws base::UserError, when there is one, for the one with the lowest line: "FILE:LINE: why", and which
  /// other lines have one.
  void throw_first();

 private:
  struct Fault {
    std::size_t line;
    std::string why;
  };
  const std::string file_;
  std::vector<Fault> faults_;
};

// What is wrong with a key, in a sentence; empty: nothing. All names are in small letters.

/// Of a whole name: that there is no such setting; of a plugin's, one that no plugin could have.
std::string fault_of_name(const std::string& name);
/// Of a table [name] at the top that is not [network.…].
std::string fault_of_table(const std::string& name);
/// Of a key in [network.NAME] that no network has.
std::string fault_of_network_key(const std::string& network, const std::string& key, bool is_table);
/// Of a key in [network] itself.
std::string fault_beside_networks(const std::string& key);
/// That `name` stands in `line` already.
std::string fault_of_same_name(const std::string& name, std::size_t line);
/// Of a "look.glyphs" that stands in quotes.
std::string fault_of_quoted_dot(const std::string& name);
std::string fault_of_same_network(const std::string& name, const std::string& other);
std::string fault_of_double_brackets(const std::string& name);

/// What was expected where toml11 says `sentence`.
std::string expected_for(std::string_view sentence);

}  // namespace gnatter::app
