// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>

#include "ui/views.h"

namespace gnatter::ui {

/// FNV-1a, and its high half mixed in: names that differ in the last letter alone shall differ in colour.
Role name_role(std::string_view name, std::string_view self) {
  if (name == self) return Role::self;
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  hash ^= hash >> 16;
  return static_cast<Role>(static_cast<unsigned>(Role::name_0) + hash % unsigned{name_roles});
}

}  // namespace gnatter::ui
