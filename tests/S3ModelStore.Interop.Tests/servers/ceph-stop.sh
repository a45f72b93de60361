#!/usr/bin/env bash
# Ends the server that ceph-start.sh started in DIR (default: the same) and removes its files; nothing there is no error.
# Only the processes recorded in DIR are ended. KEEP_FILES=1 leaves the files, logs included.
set -euo pipefail

dir=$(realpath -m "${1:-${TMPDIR:-/tmp}/s3modelstore-ceph}")
[ -e "$dir" ] || exit 0
if [ ! -f "$dir/ceph.conf" ] && [ -n "$(ls -A "$dir")" ]; then
  echo "ceph-stop: $dir is not a directory of ceph-start.sh; it is left alone." >&2
  exit 1
fi

# The gateway first, the monitor last, so that nobody waits for somebody who is gone. Nothing in here is worth a clean end.
for name in client.rgw osd.0 mon.a; do
  file=$dir/run/$name.pid
  [ -f "$file" ] || continue
  pid=$(cat "$file")
  # A recorded id may belong to another process by now.
  if grep -qzF "$dir/ceph.conf" "/proc/$pid/environ" 2>/dev/null; then
    kill -9 "$pid" 2>/dev/null || true
    for ((tries = 0; tries < 100; tries++)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.05
    done
  fi
  rm -f "$file"
done

[ -n "${KEEP_FILES:-}" ] || rm -rf --one-file-system "$dir"
