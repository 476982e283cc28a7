// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

namespace gnatter::app {

/// Of the CAs that are trusted, wherever it lies.
inline constexpr const char* ca_file_name = "mqtt_ca.crt";

/// What came with the program, found from where it stands: in an installation or in a build tree, never in
/// the current directory.
class Installation {
 public:
  /// `program`: its absolute path; empty: nobody knows, and nothing is found.
  explicit Installation(std::filesystem::path program) : program_(std::move(program)) {}
  /// Of the program that runs.
  static Installation own();

  /// Where its plugins may be; first the installation's.
  [[nodiscard]] std::vector<std::filesystem::path> plugin_directories() const;

  /// Where certs/mqtt_ca.crt would be, in words: for who looks for it.
  [[nodiscard]] std::filesystem::path installed_ca_file() const;
  /// The certs/mqtt_ca.crt that is there: the installation's, or the source tree's when the program stands in
  /// a build tree within it. One that somebody could have put there who could not have changed the program
  /// is none.
  [[nodiscard]] std::optional<std::filesystem::path> ca_file() const;
  /// One that is none for that reason: to be told, since its user believes in it.
  [[nodiscard]] std::optional<std::filesystem::path> unguarded_ca_file() const;

 private:
  [[nodiscard]] std::filesystem::path above() const;
  [[nodiscard]] std::filesystem::path source_ca_file() const;
  [[nodiscard]] bool is_built() const;
  [[nodiscard]] bool is_guarded(std::filesystem::path file, const std::filesystem::path& top) const;

  const std::filesystem::path program_;
};

}  // namespace gnatter::app
