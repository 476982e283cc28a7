# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154  # dir, ca, bits, curve, days, encrypt, pass
# A part of pki: one step. Everything is made in a folder of its own beside the final place, and put there when all of
# it is done.

work='' base='' finished=''

# begin BASE EXTENSION...: a step that will make BASE.EXTENSION...
begin() {
  base=$1 name=${1##*/}
  shift
  for extension in "$@"; do
    if [ -e "$base.$extension" ] || [ -L "$base.$extension" ]; then
      fail "$base.$extension is there already, and nothing is ever overwritten. Use it, or move it away first."
    fi
  done
  trap clean_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  work=$(mktemp -d "${base%/*}/.pki-XXXXXX" 2>/dev/null) || fail "Nothing can be written in ${base%/*}."
}

# shellcheck disable=SC2012  # the first word of ls -i is a number
inode() { ls -di -- "$1" | sed 's/ *\([0-9]*\).*/\1/'; }
same_file() { [ -e "$1" ] && [ -e "$2" ] && [ "$(inode "$1")" = "$(inode "$2")" ]; }

clean_up() {
  trap '' HUP INT TERM
  [ -n "$work" ] || return 0
  for made in "$work/$name".*; do
    if [ -z "$finished" ] && same_file "$base.${made##*.}" "$made"; then rm -f -- "$base.${made##*.}"; fi
  done
  rm -rf -- "$work"
}

# openssl does not always notice that a file was not written.
need_whole() {
  case $(tail -n 1 "$work/$name.$1" 2>/dev/null) in
    "-----END "*) ;;
    *) fail "$base.$1 could not be written whole. Is the disk full?" ;;
  esac
}

# place EXTENSION...: puts what was made at its final place. A hard link never replaces a file, however late it came.
place() {
  for extension in "$@"; do
    need_whole "$extension"
    [ "$extension" = key ] || chmod 644 "$work/$name.$extension"
  done
  for extension in "$@"; do
    ln "$work/$name.$extension" "$base.$extension" 2>/dev/null || fail_to_place "$base.$extension"
  done
  finished=yes
}

fail_to_place() {
  [ -e "$1" ] && fail "Another run has just made $1. It was not overwritten, and nothing was made here."
  fail "$1 could not be put there: the disk may be full, or does not know hard links."
}

# Runs openssl; what it says is kept for a failure.
ssl() { openssl "$@" 2>"$work/said" </dev/null; }

# fail_ssl SENTENCE: with the reasons that openssl gives
fail_ssl() {
  reasons=$(sed '/^[.+*-]*$/d; s/^[0-9A-F]*:error:[^:]*:[^:]*:[^:]*:\([^:]*\):.*/\1/' "$work/said" | head -n 4 |
    tr '\n' ' ')
  fail "$* openssl says: ${reasons:-nothing; perhaps the disk is full}"
}

# subject NAME: as openssl's -subj takes it
subject() { printf '/CN=%s' "$(printf '%s' "$1" | sed 's|[\\/+]|\\&|g')"; }

# --- keys, requests, certificates ---

# Nothing of openssl's own configuration counts, nor what a request asks for.
write_config() {
  { fixed_config && names_section "$@"; } >"$work/config" ||
    fail "Nothing can be written in $work. Is the disk full?"
}

fixed_config() {
  cat <<'END_OF_CONFIG'
[req]
distinguished_name = no_questions
string_mask = utf8only
default_md = sha256
[no_questions]
[ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = @names
[user]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
END_OF_CONFIG
}

make_key() {
  if [ -n "$encrypt" ] && [ -z "$pass" ]; then
    (: </dev/tty) 2>/dev/null || fail "There is no terminal to ask for a pass phrase on. Put it in a file: --pass FILE"
    say "openssl asks for the new pass phrase, for the same again, and for it once more to sign the request."
  fi
  if [ -n "$curve" ]; then
    set -- -algorithm EC -pkeyopt "ec_paramgen_curve:$curve"
  else
    set -- -algorithm RSA -pkeyopt "rsa_keygen_bits:$bits"
  fi
  if [ -n "$encrypt" ]; then set -- "$@" -aes-256-cbc ${pass:+-pass "file:$pass"}; fi
  ssl genpkey "$@" -out "$work/$name.key" || fail_ssl "No key was made for $base.key."
  need_whole key
}

# make_request KEY NAME
make_request() {
  ssl req -new -config "$work/config" -key "$1" ${pass:+-passin "file:$pass"} -utf8 -subj "$(subject "$2")" \
    -out "$work/$name.csr" || fail_ssl "No request could be made with the key $1."
}

# certify SECTION NAME DAYS: the request in the work folder, signed by the CA. The serial number is random: two runs at
# once need not know of each other.
certify() {
  ssl req -in "$work/$name.csr" -config "$work/config" -CA "$ca.crt" -CAkey "$ca.key" -extensions "$1" \
    -utf8 -subj "$(subject "$2")" -days "${days:-$3}" -set_serial "0x$(openssl rand -hex 16)" -out "$work/$name.crt" ||
    fail_ssl "$base.crt was not signed with $ca.key."
}

warn_of_end() {
  if expr "$(limit enddate "$base.crt")" \> "$(limit enddate "$ca.crt")" >/dev/null; then
    say "Note: the CA is only $(validity "$ca.crt"); what it signed ends with it."
  fi
}

need_folder() {
  [ -d "$dir" ] || mkdir -p -- "$dir" 2>/dev/null || fail "There is no folder $dir, and none could be made."
}

need_ca() {
  [ -e "$ca.crt" ] || fail "There is no CA in $dir ($ca.crt). $1"
  [ -e "$ca.key" ] || fail "There is a CA's certificate in $dir, but not its private key ($ca.key): it is kept" \
    "elsewhere. $1"
  openssl x509 -in "$ca.crt" -noout -checkend 0 >/dev/null 2>&1 ||
    fail "$ca.crt has expired, or is no certificate: nothing more is signed with it."
}
