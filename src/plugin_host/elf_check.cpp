// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_host/elf_check.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/file_descriptor.h"

namespace gnatter::plugin_host {
namespace {

#if defined(__x86_64__)
constexpr Elf64_Half our_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half our_machine = EM_AARCH64;
#else
constexpr Elf64_Half our_machine = EM_NONE;  // not checked
#endif
constexpr unsigned char our_order = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;

constexpr const char* cut_short = "is cut short";

std::string kind_fault(mode_t mode) {
  if (S_ISREG(mode)) return {};
  if (S_ISDIR(mode)) return "is a directory";
  if (S_ISFIFO(mode)) return "is a pipe";
  return "is no file";
}

/// An open file whose size is known, read by place.
struct Bytes {
  int fd;
  std::uint64_t size;

  [[nodiscard]] bool has(std::uint64_t offset, std::uint64_t count) const {
    return offset <= size && count <= size - offset;
  }
  template <class Header>
  bool read(std::uint64_t offset, Header* headers, std::size_t count) const {
    const std::size_t wanted = count * sizeof(Header);
    return has(offset, wanted) &&
           ::pread(fd, headers, wanted, static_cast<off_t>(offset)) == static_cast<ssize_t>(wanted);
  }
};

std::string header_fault(const Elf64_Ehdr& header) {
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return "is no shared object";
  if (header.e_ident[EI_CLASS] == ELFCLASS32) return "is a 32-bit file, and this program has 64 bits";
  if (header.e_ident[EI_CLASS] != ELFCLASS64) return "is no shared object";
  if (header.e_ident[EI_DATA] != our_order) return "was built for another machine";
  if (our_machine != EM_NONE && header.e_machine != our_machine) return "was built for another machine";
  if (header.e_type != ET_DYN || header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0)
    return "is no shared object";
  return {};
}

std::string segment_fault(const Bytes& bytes, const Elf64_Ehdr& header) {
  std::vector<Elf64_Phdr> segments(header.e_phnum);
  if (!bytes.read(header.e_phoff, segments.data(), segments.size())) return cut_short;
  for (const Elf64_Phdr& segment : segments)
    if (!bytes.has(segment.p_offset, segment.p_filesz)) return cut_short;
  return {};
}

/// ld.so does not need them, but they stand at the end: without them a copy has not come to its end.
std::string section_fault(const Bytes& bytes, const Elf64_Ehdr& header) {
  if (header.e_shoff == 0) return {};  // stripped of them
  if (header.e_shentsize != sizeof(Elf64_Shdr)) return "is no shared object";
  std::vector<Elf64_Shdr> sections(header.e_shnum);
  if (!bytes.read(header.e_shoff, sections.data(), sections.size())) return cut_short;
  for (const Elf64_Shdr& section : sections)
    if (section.sh_type != SHT_NOBITS && !bytes.has(section.sh_offset, section.sh_size)) return cut_short;
  return {};
}

}  // namespace

std::string elf_fault(const std::filesystem::path& file) {
  const auto unreadable = [] { return std::string("cannot be read (") + std::strerror(errno) + ')'; };
  struct stat status {};
  // Before it is opened: that alone does something to a device.
  if (::stat(file.c_str(), &status) != 0) return unreadable();
  if (auto fault = kind_fault(status.st_mode); !fault.empty()) return fault;
  const base::FileDescriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!descriptor || ::fstat(descriptor.get(), &status) != 0) return unreadable();
  if (status.st_size == 0) return "is empty";
  const Bytes bytes{descriptor.get(), static_cast<std::uint64_t>(status.st_size)};
  Elf64_Ehdr header{};
  if (!bytes.read(0, &header, 1)) {
    char start[SELFMAG] = {};
    return bytes.read(0, start, SELFMAG) && std::memcmp(start, ELFMAG, SELFMAG) == 0 ? cut_short
                                                                                     : "is no shared object";
  }
  for (const auto& fault : {header_fault(header), segment_fault(bytes, header), section_fault(bytes, header)})
    if (!fault.empty()) return fault;
  return {};
}

}  // namespace gnatter::plugin_host
