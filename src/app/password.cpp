// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/password.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "app/child_output.h"
#include "app/password_prompt.h"
#include "base/file_descriptor.h"
#include "base/shell_words.h"
#include "base/user_error.h"

namespace gnatter::app {
namespace {

using base::UserError;

std::string from_file(const std::filesystem::path& file) {
  const base::FileDescriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!descriptor || fstat(descriptor.get(), &status) != 0)
    throw UserError("password-file " + file.string() + " cannot be read: " + std::strerror(errno) + '.');
  if ((status.st_mode & 077) != 0 || status.st_uid != geteuid())
    throw UserError("password-file " + file.string() +
                    " can be read by others, so it was not used. Make it yours alone: chmod 600 " +
                    file.string());
  std::string text(4096, '\0');
  const ssize_t size = ::read(descriptor.get(), text.data(), text.size());
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  text = text.substr(0, text.find('\n'));
  if (text.empty()) throw UserError("password-file " + file.string() + " has no password in its first line.");
  return text;
}

/// The variable's value, which is overwritten where it stands: children and /proc do not get it from us.
std::optional<std::string> from_environment() {
  char* value = std::getenv("GNATTER_PASSWORD");
  if (!value) return std::nullopt;
  std::string password = value;
  std::memset(value, 0, std::strlen(value));
  unsetenv("GNATTER_PASSWORD");
  return password;
}

}  // namespace

std::string password_from(const std::string& command, std::string_view name) {
  const auto words = base::split_shell_words(command);
  if (words.empty()) throw UserError(std::string(name) + " is empty.");
  return first_line_of(words, name);
}

std::optional<std::string> given_password(const LoginOptions& options) {
  auto environment = from_environment();  // wiped even when another place goes before it
  if (options.password) return options.password;
  if (!options.password_command.empty()) return password_from(options.password_command, "password-command");
  if (!options.password_file.empty()) return from_file(options.password_file);
  return environment;
}

std::string find_password_of(const LoginOptions& options, const std::function<void(std::string_view)>& tell) {
  if (const auto given = given_password(options)) return *given;
  const bool readable = options.security == chat::Security::plain && !chat::is_loopback(options.host);
  const std::string where =
      options.network.empty() ? options.host : options.network + " (" + options.host + ')';
  const auto answer =
      ask_password("Password of " + options.user + " on " + where +
                   (readable ? " (PLAIN: everybody on the way can read it; -v encrypts): " : ": "));
  if (!answer)
    tell("No password was given and there is no terminal to ask on: the user name is taken for it.");
  return answer && !answer->empty() ? *answer : options.user;
}

void forget_environment_password() {
  from_environment();
}

}  // namespace gnatter::app
