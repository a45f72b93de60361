#!/usr/bin/env bash
# Runs a script of this directory with the Ceph of another Debian suite, kept in a directory of its own: older ones than 20 keep no
# checksums. Not part of CI: the first run fetches about 300 MB.
#
#   settings=$(with-suite.sh forky ceph-start.sh [DIR]) && eval "$settings"
#   with-suite.sh forky ceph-stop.sh [DIR]
#
# DIR is inside ROOT. Environment: ROOT    the suite's directory, default: s3modelstore-SUITE in the temporary directory
#                                  MIRROR  where to fetch it from, default: deb.debian.org
#                                  and that of the script
# Needs root and, the first time, mmdebstrap.
set -euo pipefail

suite=${1:?usage: with-suite.sh SUITE SCRIPT [DIR]}
script=${2:?usage: with-suite.sh SUITE SCRIPT [DIR]}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(realpath -m "${ROOT:-${TMPDIR:-/tmp}/s3modelstore-$suite}")

unavailable() {
  printf 'with-suite: %s\n' "$*" >&2
  exit 69
}

[ "$(id -u)" -eq 0 ] || unavailable "a root of its own needs root."
if [ ! -x "$root/usr/bin/radosgw" ]; then
  command -v mmdebstrap >/dev/null || unavailable "mmdebstrap is not installed."
  [ ! -e "$root" ] || unavailable "$root is there and has no Ceph in it; remove it."
  mmdebstrap --quiet --variant=essential --aptopt='APT::Install-Recommends "false"' \
    --include=ceph-mon,ceph-osd,radosgw,ceph-common "$suite" "$root" "${MIRROR:-http://deb.debian.org/debian}" >&2 \
    || unavailable "$suite could not be fetched."
fi

# What is mounted for the script vanishes with the last process that it leaves behind. Process ids are those of the host.
exec unshare --mount --propagation private bash -euc '
  mount -t proc proc "$1/proc"
  mount --bind /dev "$1/dev"
  mount --bind "$2" "$1/mnt"
  exec chroot "$1" env -u TMPDIR "/mnt/$3" "${@:4}"' with-suite "$root" "$here" "$script" "${@:3}"
