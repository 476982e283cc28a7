# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# A part of pki: what it says, and the names of users and hosts that it takes.

# One line, with what could disturb a terminal replaced: control characters, and those that turn the writing round.
disturbing=$(printf 's/\302[\200-\237]/?/g;s/\342\200[\216\217\250-\256]/?/g;s/\342\201[\246-\251]/?/g')
safe() {
  printf '%s' "$*" | tr '\001-\037\177' '[?*]' | sed "$disturbing"
  echo
}
say() { safe "$*"; }
complain() { safe "pki: $*" >&2; }
fail() {
  complain "$*"
  exit 1
}
misuse() {
  complain "$*"
  usage >&2
  exit 2
}

# A word as a shell takes it.
quoted() {
  case $1 in
    *[!A-Za-z0-9_./:@%+=-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
  esac
}

# Why $1 is no user's name, as the end of a sentence; nothing when it is one.
name_error() {
  bytes=$(printf '%s' "$1" | od -An -v -tx1 | tr -d '\n')
  [ -n "$1" ] || echo "must not be empty"
  [ ${#bytes} -le 192 ] || echo "must not be longer than 64 bytes"
  printf '%s' "$1" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 || echo "must be valid UTF-8"
  case $bytes in *" 0"* | *" 1"* | *" 7f"* | *" c2 8"* | *" c2 9"*) echo "must not hold control characters" ;; esac
  case $1 in
    *[/+#]*) echo "must not hold /, + or #, which MQTT topics use" ;;
    *:*) echo "must not hold a colon, which brokers' password files use" ;;
    "*") echo "must not be *" ;;
  esac
  for blank in " 20" " c2 a0" " e1 9a 80" " e2 80 8[0-9a]" " e2 80 af" " e2 81 9f" " e3 80 80"; do
    # shellcheck disable=SC2254  # a pattern
    case $bytes in $blank* | *$blank) echo "must not begin or end with a blank" ;; esac
  done
}

# check_user_name NAME [FILE that holds it]
check_user_name() {
  reason=$(name_error "$1" | head -n 1)
  [ -z "$reason" ] || fail "A user's name${2:+, as in $2,} $reason: \"$1\""
  [ "$1" != mqtt_ca ] || fail "mqtt_ca is what the files of the CA are called, so it is no user's name here."
}

# Whether $1 is an IP address as it stands in a certificate, rather than a host's name.
is_address() {
  case $1 in
    *:*) return 0 ;;
    *[!0-9.]*) return 1 ;;
    *.*.*.*) return 0 ;;
    *) return 1 ;;
  esac
}

# The names and addresses of a broker, as lines of openssl's configuration.
names_section() {
  number=0
  echo "[names]"
  for alternative in "$@"; do
    number=$((number + 1))
    if is_address "$alternative"; then
      echo "IP.$number = $alternative"
    else
      echo "DNS.$number = $alternative"
    fi
  done
}

check_host_names() {
  for alternative in "$@"; do
    case $alternative in
      "" | -* | .* | *..* | *[!A-Za-z0-9.:*_-]*)
        fail "\"$alternative\" is no host's name nor an address. One with other letters than a to z has an xn-- form."
        ;;
    esac
  done
  case $1 in *\**) fail "\"$1\" names no host. A pattern may stand among the further names." ;; esac
  [ "$1" != mqtt_ca ] || fail "mqtt_ca is what the files of the CA are called, so it is no host's name here."
  [ ${#1} -le 64 ] || fail "\"$1\" is longer than 64 letters, and a certificate's own name is not."
}
