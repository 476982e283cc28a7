// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/certificate.h"

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include "transport/tls/host.h"
#include "transport/tls/openssl.h"

namespace gnatter::transport::tls {
namespace {

constexpr std::size_t longest_text = 256;
constexpr std::size_t most_names = 20;

/// At most the bound, cut between two characters of UTF-8; bytes that are none are cut where they are.
std::string bounded(std::string text) {
  if (text.size() <= longest_text) return text;
  std::size_t end = longest_text;
  const auto continues = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  while (end > longest_text - 3 && continues(end)) --end;
  text.resize(continues(end) ? longest_text : end);
  return text;
}

std::string text_of(const ASN1_STRING* string) {
  const int size = ASN1_STRING_length(string);
  return size <= 0 ? std::string()
                   : std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
                                 static_cast<std::size_t>(size));
}

/// In UTF-8, whatever the string's type says it is; as it stands where that does not work.
std::string utf8_of(const ASN1_STRING* string) {
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, string);
  const std::unique_ptr<unsigned char, decltype([](unsigned char* p) { OPENSSL_free(p); })> owner(text);
  if (size < 0) return text_of(string);
  return std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
}

std::string name_text(const X509_NAME* name) {
  constexpr unsigned long flags = XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_DN_REV | XN_FLAG_FN_SN |
                                  XN_FLAG_DUMP_UNKNOWN_FIELDS | ASN1_STRFLGS_ESC_2253 |
                                  ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT |
                                  ASN1_STRFLGS_DUMP_UNKNOWN | ASN1_STRFLGS_DUMP_DER;
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || X509_NAME_print_ex(out.get(), name, 0, flags) < 0) return {};
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return size > 0 ? bounded(std::string(text, static_cast<std::size_t>(size))) : std::string();
}

std::string common_name(const X509_NAME* name) {
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (at < 0 || X509_NAME_get_index_by_NID(name, NID_commonName, at) >= 0) return {};
  return bounded(utf8_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at))));
}

std::string address_text(const ASN1_OCTET_STRING* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int size = ASN1_STRING_length(bytes);
  const int family = size == 4 ? AF_INET : size == 16 ? AF_INET6 : 0;
  const bool is_address = family != 0 && ::inet_ntop(family, ASN1_STRING_get0_data(bytes), text.data(),
                                                     static_cast<socklen_t>(text.size()));
  return is_address ? text.data() : std::string();
}

/// Those that a host is compared with: the CN counts where there is no DNS name, and an address does not
/// where it stands as a name.
std::vector<std::string> names_of(const X509& certificate, const std::string& cn) {
  std::vector<std::string> names;
  const NamesPtr all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  bool has_dns = false;
  for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()) && names.size() < most_names; ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
    if (name->type == GEN_DNS) {
      has_dns = true;
      auto text = bounded(text_of(name->d.dNSName));
      if (!is_address(text)) names.push_back(std::move(text));
    } else if (name->type == GEN_IPADD) {
      if (auto address = address_text(name->d.iPAddress); !address.empty()) names.push_back(address);
    }
  }
  if (!has_dns && !cn.empty() && !is_address(cn) && names.size() < most_names)
    names.insert(names.begin(), cn);
  return names;
}

std::string fingerprint(const X509& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(&certificate, EVP_sha256(), digest.data(), &size) != 1) return {};
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    if (i > 0) text += ':';
    text += digits[digest.at(i) >> 4U];
    text += digits[digest.at(i) & 15U];
  }
  return text;
}

base::Time moment(const ASN1_TIME* time) {
  std::tm fields{};
  if (ASN1_TIME_to_tm(time, &fields) != 1) return {};
  using namespace std::chrono;
  const auto day = sys_days(year(fields.tm_year + 1900) / (fields.tm_mon + 1) / fields.tm_mday);
  return day + hours(fields.tm_hour) + minutes(fields.tm_min) + seconds(fields.tm_sec);
}

}  // namespace

std::string key_words(const EVP_PKEY& key) {
  const int type = EVP_PKEY_get_base_id(&key);
  const std::string bits = ' ' + std::to_string(EVP_PKEY_get_bits(&key)) + " bits";
  if (type == EVP_PKEY_ED25519) return "Ed25519";
  if (type == EVP_PKEY_ED448) return "Ed448";
  if (type == EVP_PKEY_RSA) return "RSA" + bits;
  if (type == EVP_PKEY_RSA_PSS) return "RSA-PSS" + bits;
  if (type != EVP_PKEY_EC) return (type == NID_undef ? "unknown" : OBJ_nid2sn(type)) + bits;
  std::array<char, 80> group{};
  if (EVP_PKEY_get_group_name(&key, group.data(), group.size(), nullptr) != 1) return "EC" + bits;
  const char* nist = EC_curve_nid2nist(OBJ_txt2nid(group.data()));
  return std::string("EC ") + (nist ? nist : group.data());
}

Certificate describe(const X509& certificate) {
  Certificate out;
  out.subject = name_text(X509_get_subject_name(&certificate));
  out.issuer = name_text(X509_get_issuer_name(&certificate));
  out.common_name = common_name(X509_get_subject_name(&certificate));
  out.names = names_of(certificate, out.common_name);
  out.fingerprint = fingerprint(certificate);
  const EVP_PKEY* key = X509_get0_pubkey(&certificate);
  out.key = key ? key_words(*key) : "unknown";
  out.not_before = moment(X509_get0_notBefore(&certificate));
  out.not_after = moment(X509_get0_notAfter(&certificate));
  ERR_clear_error();
  return out;
}

}  // namespace gnatter::transport::tls
