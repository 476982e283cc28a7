# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154  # ca, pass
# A part of pki: reads certificates, requests and keys of whoever made them, and tells what they are. Nothing here asks
# for a pass phrase, and nothing prints a private key.

# What the first lines of a file say it is.
labels() {
  sed -n 's/^-----BEGIN \(.*\)-----[[:space:]]*$/\1/p; /^Proc-Type:.*ENCRYPTED/s/.*/ENCRYPTED/p' "$1" 2>/dev/null |
    tr '\n' ,
}

# certificate, request, key, locked key (needs a pass phrase); nothing for any other file, or one that cannot be read
kind_of() {
  [ -f "$1" ] || return 0
  case $(labels "$1") in
    CERTIFICATE,* | "TRUSTED CERTIFICATE,"*) kind=certificate ;;
    "CERTIFICATE REQUEST,"* | "NEW CERTIFICATE REQUEST,"*) kind=request ;;
    *"ENCRYPTED PRIVATE KEY,"* | *"PRIVATE KEY,ENCRYPTED,"*) kind="locked key" ;;
    *"PRIVATE KEY,"*) kind=key ;;
    *) return 0 ;;
  esac
  if [ "$kind" = "locked key" ] || [ -n "$(public_key "$kind" "$1")" ]; then echo "$kind"; fi
}

# What openssl's command for a kind is called.
command_for() { if [ "$1" = request ]; then echo req; else echo x509; fi; }

# public_key KIND FILE: in PEM; nothing when it cannot be read
public_key() {
  case $1 in
    certificate | request) openssl "$(command_for "$1")" -in "$2" -noout -pubkey ;;
    "locked key") [ -z "$pass" ] || openssl pkey -in "$2" -pubout -passin "file:$pass" ;;
    key) openssl pkey -in "$2" -pubout -passin pass: ;;
  esac 2>/dev/null </dev/null || true
}

# key_type KIND FILE: "RSA 3072", "EC 256 (P-256)", …
key_type() {
  text=$(public_key "$1" "$2" | openssl pkey -pubin -noout -text 2>/dev/null) || text=
  size=$(printf '%s\n' "$text" | sed -n 's/^Public-Key: (\([0-9]*\) bit)$/\1/p')
  case $text in
    ED25519* | ED448*) echo "${text%% *}" ;;
    *Modulus:*) echo "RSA ${size:-?}" ;;
    *"NIST CURVE: "*) echo "EC ${size:-?} (${text##*NIST CURVE: })" ;;
    *"ASN1 OID: "*) echo "EC ${size:-?} (${text##*ASN1 OID: })" ;;
    *) echo "unreadable" ;;
  esac
}

# Whether a key of that type is fit for use: RSA from 2048 bits, curves from 256.
is_strong() {
  type_bits=${1#* }
  type_bits=${type_bits%% *}
  case $1 in
    ED25519 | ED448) ;;
    "RSA "[0-9]*) [ "$type_bits" -ge 2048 ] ;;
    "EC "[0-9]*) [ "$type_bits" -ge 256 ] ;;
    *) return 1 ;;
  esac
}

# common_name KIND FILE: in UTF-8; nothing when there is none. Several are joined by " + ", and one with control
# characters keeps one, so that neither passes for a user's name.
common_name() {
  found=$(openssl "$(command_for "$1")" -in "$2" -noout -subject -nameopt multiline,-esc_msb,utf8 2>/dev/null |
    sed -n 's/^    commonName *= //p')
  # A backslash comes doubled; a single one stands before the number of a control character.
  case $(printf '%s' "$found" | sed 's/\\\\//g') in *\\*) printf '\001' ;; esac
  printf '%s' "$found" | sed 's/\\\\/\\/g' | awk 'NR > 1 { printf " + " } { printf "%s", $0 }'
}

# name_of subject|issuer KIND FILE: on one line
name_of() {
  openssl "$(command_for "$2")" -in "$3" -noout "-$1" -nameopt esc_2253,esc_ctrl,utf8,sep_comma_plus_space,sname \
    2>/dev/null | sed '1s/^[a-z]*= *//'
}

# extension NAME FILE: its value
extension() { openssl x509 -in "$2" -noout -ext "$1" 2>/dev/null | sed '1d; s/^ *//' || true; }

host_names() { extension subjectAltName "$1" | sed 's/DNS://g; s/IP Address://g'; }

# Whether a request proves that who asks has the private key. openssl's exit status does not tell.
is_self_signed() { openssl req -in "$1" -noout -verify 2>&1 | grep -q 'verify OK'; }

# --- time ---

# limit startdate|enddate FILE: "2026-11-22 19:04:21Z"
limit() { openssl x509 -in "$2" -noout "-$1" -dateopt iso_8601 2>/dev/null | sed 's/^[A-Za-z]*=//'; }

# The number of a day, from YYYY-MM-DD.
day_number() {
  year=${1%%-*} month=${1#*-} day=${1##*-}
  month=${month%%-*}
  month=${month#0} day=${day#0}
  early=$(((14 - month) / 12))
  year=$((year + 4800 - early)) month=$((month + 12 * early - 3))
  echo $((day + (153 * month + 2) / 5 + 365 * year + year / 4 - year / 100 + year / 400))
}

# days_from_today "2026-11-22 …"
days_from_today() { echo $(($(day_number "${1%% *}") - $(day_number "$(date -u +%Y-%m-%d)"))); }

# How a certificate's validity stands today: "valid until …", or "expired …", "not valid before …"
validity() {
  begins=$(limit startdate "$1") ends=$(limit enddate "$1") now=$(date -u '+%Y-%m-%d %H:%M:%SZ')
  if expr "$begins" \> "$now" >/dev/null; then
    echo "not valid before ${begins%:*} UTC, in $(days_from_today "$begins") days"
  elif expr "$ends" \> "$now" >/dev/null; then
    echo "valid until ${ends%:*} UTC, $(days_from_today "$ends") days left"
  else
    echo "expired on ${ends%:*} UTC, $((-$(days_from_today "$ends"))) days ago"
  fi
}

# --- show ---

row() { [ -z "$2" ] || say "  $(printf '%-9s' "$1")$2"; }

show_certificate() {
  row subject "$(name_of subject certificate "$1")"
  row issuer "$(name_of issuer certificate "$1")"
  row names "$(host_names "$1")"
  row purpose "$(purposes "$1")"
  row time "$(validity "$1")"
  row SHA-256 "$(openssl x509 -in "$1" -noout -fingerprint -sha256 2>/dev/null | sed 's/.*=//')"
  row key "$(key_type certificate "$1")"
  count=$(grep -c '^-----BEGIN .*CERTIFICATE-----' "$1")
  [ "$count" -eq 1 ] || row and "$((count - 1)) more in the same file, such as those of CAs between"
}

show_request() {
  row subject "$(name_of subject request "$1")"
  row key "$(key_type request "$1")"
  row signed "$(if is_self_signed "$1"; then echo "by its own key"; else echo "WRONG: not by its own key"; fi)"
}

show_key() {
  if [ "$1" = key ] || [ -n "$pass" ]; then row key "$(key_type "$1" "$2")"; fi
  row locked "$(if [ "$1" = key ]; then echo "no"; else echo "with a pass phrase"; fi)"
  row readable "$(if is_private "$2"; then echo "by its owner alone"; else echo "WRONG: by others, too"; fi)"
}

show() {
  [ $# -gt 0 ] || misuse "Which files? show FILE..."
  for file in "$@"; do
    case $file in -*) file=./$file ;; esac
    kind=$(kind_of "$file")
    [ -n "$kind" ] || fail "$file is not there, or holds no certificate, request or private key in PEM."
    say "$file: $kind"
    case $kind in
      certificate) show_certificate "$file" ;;
      request) show_request "$file" ;;
      *) show_key "$kind" "$file" ;;
    esac
  done
}

# --- check ---

trouble=''
good() { say "ok     $*"; }
note() { say "note   $*"; }
wrong() {
  say "WRONG  $*"
  trouble=yes
}

is_ca() { case $(extension basicConstraints "$1") in *CA:TRUE*) return 0 ;; *) return 1 ;; esac; }

# What a certificate may be used for: CA, client, server.
purposes() {
  if is_ca "$1"; then
    echo "CA"
    return
  fi
  openssl x509 -in "$1" -noout -purpose 2>/dev/null |
    sed -n 's/^SSL client : Yes/client/p; s/^SSL server : Yes/server/p' | tr '\n' ' ' | sed 's/ $//; s/ /, /'
}

# Why openssl does not trust $1, its time left aside; nothing when it does. $2: the CA's certificate
distrust() {
  openssl verify -no-CAfile -no-CApath -no-CAstore -CAfile "$2" -untrusted "$1" -no_check_time -auth_level 2 -- "$1" \
    2>&1 </dev/null >/dev/null | sed -n 's/^error [0-9]* at [0-9]* depth lookup: //p' | head -n 1
}

check_chain() {
  if [ ! -e "$ca.crt" ]; then
    wrong "$1: there is no CA's certificate to check it with, $ca.crt."
    return
  fi
  reason=$(distrust "$1" "$ca.crt")
  if [ -n "$reason" ]; then
    wrong "$1 is not trusted by the CA in $ca.crt ($reason). Its issuer: $(name_of issuer certificate "$1")"
  else
    good "$1 is signed by the CA in $ca.crt"
  fi
}

check_strength() {
  type=$(key_type "$1" "$2")
  if is_strong "$type"; then
    good "$2: key $type"
  else
    wrong "$2: its key is too weak or of no use here ($type); RSA from 2048 bits or a curve from 256 it must be"
  fi
}

check_time() {
  state=$(validity "$1")
  case $state in "valid until "*) good "$1 is $state" ;; *) wrong "$1 is $state" ;; esac
}

# check_name_in KIND FILE
check_name_in() {
  user=$(common_name "$1" "$2")
  reason=$(name_error "$user" | head -n 1)
  if [ -n "$reason" ]; then
    wrong "$2: the user's name in it $reason: \"$user\""
  else
    good "$2 is for the user $user"
  fi
}

check_purpose() {
  case $(purposes "$1") in
    CA) good "$1 is a CA's" ;;
    *client*) check_name_in certificate "$1" ;;
    server)
      names=$(host_names "$1")
      if [ -n "$names" ]; then good "$1 is a broker's: $names"; else wrong "$1 is a broker's, but names no host"; fi
      ;;
    *) wrong "$1 is for neither users nor brokers" ;;
  esac
}

check_mode() {
  if is_private "$1"; then
    good "$1 is readable by its owner alone"
  else
    wrong "$1 is readable by others: chmod 600 $(quoted "$1")"
  fi
}

# check_key_beside KIND FILE
check_key_beside() {
  own=${2%.*}.key
  own_kind=$(kind_of "$own")
  case $own_kind in
    "")
      if [ -e "$own" ]; then
        wrong "$own holds no private key"
      elif ! is_ca "$2"; then
        note "$own is not here; only where it is can $2 be used"
      fi
      return
      ;;
    "locked key")
      if [ -z "$pass" ]; then
        note "$own has a pass phrase; --pass FILE shows whether it belongs to $2"
        check_mode "$own"
        return
      fi
      ;;
  esac
  public=$(public_key "$own_kind" "$own")
  if [ -z "$public" ]; then
    wrong "$own does not open with the pass phrase in $pass"
  elif [ "$(public_key "$1" "$2")" = "$public" ]; then
    good "$own belongs to $2"
  else
    wrong "$own does not belong to $2"
  fi
  check_mode "$own"
}

check_request() {
  if is_self_signed "$1"; then good "$1 is signed by its own key"; else wrong "$1 is not signed by its own key"; fi
  check_name_in request "$1"
}

check_file() {
  kind=$(kind_of "$1")
  case $kind in
    certificate)
      if is_ca "$1" && [ -z "$(distrust "$1" "$1")" ]; then good "$1 is signed by itself"; else check_chain "$1"; fi
      check_time "$1"
      check_purpose "$1"
      check_strength certificate "$1"
      check_key_beside certificate "$1"
      ;;
    request)
      check_request "$1"
      check_strength request "$1"
      check_key_beside request "$1"
      ;;
    key | "locked key")
      check_mode "$1"
      if [ "$kind" = key ] || [ -n "$pass" ]; then check_strength "$kind" "$1"; fi
      ;;
    *) wrong "$1 is not there, or holds no certificate, request or private key in PEM" ;;
  esac
}

check() {
  [ $# -gt 0 ] || misuse "Which files? check FILE..."
  for file in "$@"; do
    case $file in -*) file=./$file ;; esac
    check_file "$file"
  done
  [ -z "$trouble" ]
}
