// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paste_buffer.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "gnatter/utf8.h"

namespace gnatter::ui {
namespace {

std::string with_newlines(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool ends_line = bytes[i] == '\r';
    out += ends_line ? '\n' : bytes[i];
    if (ends_line && i + 1 < bytes.size() && bytes[i + 1] == '\n') ++i;
  }
  return out;
}

/// How many bytes at the end are the beginning of a character that was cut.
std::size_t cut_character(std::string_view bytes) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
    if ((byte & 0xC0) == 0x80) continue;
    return byte >= 0xC0 && utf8::decode(bytes.substr(bytes.size() - back)).length == 0 ? back : 0;
  }
  return 0;
}

}  // namespace

std::size_t PasteBuffer::take(std::string_view bytes) {
  std::size_t taken = 0;
  while (taken < bytes.size() && !complete()) {
    if (matched_ == 0) {
      const std::string_view rest = bytes.substr(taken);
      const std::string_view plain = rest.substr(0, rest.find(marker.front()));
      keep(plain);
      taken += plain.size();
      if (taken == bytes.size()) break;
    }
    if (bytes[taken] == marker[matched_]) {
      ++matched_;
      ++taken;
    } else {
      keep(marker.substr(0, std::exchange(matched_, 0)));
    }
  }
  return taken;
}

Paste PasteBuffer::finish() {
  if (!complete()) keep(marker.substr(0, matched_));
  matched_ = 0;
  std::string bytes = std::exchange(bytes_, {});
  Paste paste{.text = {}, .left_out = std::exchange(left_out_, 0)};
  if (paste.left_out > 0) {
    const std::size_t half = cut_character(bytes);
    bytes.resize(bytes.size() - half);
    paste.left_out += half;
  }
  paste.text = base::safe_text(with_newlines(bytes));
  return paste;
}

void PasteBuffer::keep(std::string_view bytes) {
  const std::size_t fitting = std::min(bytes.size(), limit - bytes_.size());
  bytes_ += bytes.substr(0, fitting);
  left_out_ += bytes.size() - fitting;
}

}  // namespace gnatter::ui
