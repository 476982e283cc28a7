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
#include "app/shell_words.h"
#include "base/file_descriptor.h"
#include "base/user_error.h"

namespace gnatter::app {
namespace {

using base::UserError;

std::string from_command(const std::string& command) {
  const auto words = split_shell_words(command);
  if (words.empty()) throw UserError("password-command is empty.");
  return first_line_of(words, "password-command");
}

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

std::string find_password(const Options& options, const std::function<void(std::string_view)>& tell) {
  const auto environment = from_environment();  // wiped even when another place goes before it
  if (options.password) return *options.password;
  if (!options.password_command.empty()) return from_command(options.password_command);
  if (!options.password_file.empty()) return from_file(options.password_file);
  if (environment) return *environment;
  const auto answer = ask_password("Password of " + options.user + " on " + options.host + ": ");
  if (!answer)
    tell("No password was given and there is no terminal to ask on: the user name is taken for it.");
  return answer && !answer->empty() ? *answer : options.user;
}

void forget_environment_password() {
  from_environment();
}

}  // namespace gnatter::app
