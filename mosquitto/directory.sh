# SPDX-License-Identifier: GPL-3.0-or-later
# Read by mosquitto/start and mosquitto/user.
# shellcheck shell=sh

# Makes $directory when it is missing, and turns it into an absolute path. What is in there is for this user alone.
take_directory() {
  case $directory in -*) directory=./$directory ;; esac
  [ -d "$directory" ] || mkdir -p -- "$directory" ||
    fail "$directory cannot be made. Another place: -d DIR"
  [ -n "$(find "$directory/." -prune -user "$(id -u)")" ] ||
    fail "$directory belongs to another user. Be that one, or take a directory of yours: -d DIR"
  [ -n "$(find "$directory/." -prune ! -perm /077)" ] ||
    fail "others may look into $directory, where the passwords are. If it is there for this broker alone: chmod 700 $directory"
  directory=$(cd -- "$directory" && pwd)
}
