// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/options.h"
#include "chat/settings.h"

namespace gnatter::app {

/// Which networks there are at the start, and what all settings are: the file's tables with the command line
/// over them. The command line makes one network (X4): the one that --network names, else the table of the
/// file with its host, else the only one there is, else one of its own; then no other is connected. Where the
/// file has tables, what the command line says is for that network alone.
struct StartPlan {
  /// The tables [network.NAME] of the file, in its order.
  std::vector<std::string> defined;
  /// Those to connect, by the names of their settings: tables, or the host where there is none.
  std::vector<std::string> connected;
  std::vector<chat::Settings::Given> file, flags;  ///< by their whole names
  bool nowhere = false;  ///< nothing says where to connect, as whom, or to whom to talk: a first run
};

/// Throws base::UserError where the command line does not say which network it means, or means none.
StartPlan plan_start(const Options& options);

/// What the settings of a network say of its login, for who calls himself `login_name` where it says nothing.
/// Throws base::UserError.
LoginOptions login_options(const chat::Settings& settings, const std::string& network,
                           const std::string& login_name);

/// Who names files for TLS thinks that there is TLS: throws base::UserError where the line would be plain.
void refuse_files_on_a_plain_line(const Options& options, const LoginOptions& login);

}  // namespace gnatter::app
