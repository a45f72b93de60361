#!/usr/bin/env bash
# Starts a real, throw-away S3 server for the interop tests: one Ceph monitor, one OSD and one RADOS gateway, on 127.0.0.1 only.
#
#   settings=$(ceph-start.sh [DIR]) && eval "$settings"     # stdout is nothing but export lines
#   ceph-stop.sh [DIR]
#
# DIR holds everything the server writes (default: s3modelstore-ceph in the temporary directory). Running it again with the
# same DIR answers with the server that is already there; the remains of a dead one are replaced.
#
# Environment: RGW_PORT  the gateway's port; default: the first free one from 18340 on
#              S3_KEY, S3_SECRET  the identity to create
#              SIZE_GB   size of the (sparse) disk image, default 4
# Exit codes:  0 it runs and answers; 1 it did not come up, the logs' ends are on stderr; 69 Ceph is not here and cannot be installed
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$(realpath -m "${1:-${TMPDIR:-/tmp}/s3modelstore-ceph}")
key=${S3_KEY:-interop-key}
secret=${S3_SECRET:-interop-secret}
size=$((${SIZE_GB:-4} << 30))
commands=(monmaptool ceph-mon ceph ceph-osd radosgw radosgw-admin)

say() { printf 'ceph-start: %s\n' "$*" >&2; }

unavailable() {
  say "$*"
  exit 69
}

fail() {
  say "$*"
  local log
  for log in "$dir"/log/*.log; do
    [ -s "$log" ] || continue
    printf -- '--- the end of %s\n' "$log" >&2
    tail -n 25 "$log" >&2
  done
  # The logs stay for whoever wants to read more; the processes do not.
  KEEP_FILES=1 "$here/ceph-stop.sh" "$dir" || true
  exit 1
}

answers() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

all_installed() {
  local command
  for command in "${commands[@]}"; do
    command -v "$command" >/dev/null || return 1
  done
}

install_ceph() {
  local as_root=()
  command -v apt-get >/dev/null || unavailable "Ceph is not installed and there is no apt-get to install it with."
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || unavailable "Ceph is not installed, and installing it needs root."
    as_root=(sudo -n)
  fi

  say "installing Ceph (about 70 MB)"
  "${as_root[@]}" apt-get update -qq </dev/null >&2 || say "the package lists could not be refreshed; trying with those at hand"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends ceph-mon ceph-osd radosgw ceph-common </dev/null >/dev/null \
    || unavailable "apt-get could not install Ceph."
  all_installed || unavailable "apt-get installed Ceph, but not all of: ${commands[*]}."
}

# Sets port: the gateway's; the two after it are for the monitor's two protocols.
pick_port() {
  port=${RGW_PORT:-}
  if [ -n "$port" ]; then
    ! answers "$port" || fail "port $port is taken."
    return
  fi
  for ((port = 18340; port < 18640; port += 3)); do
    if ! answers "$port" && ! answers $((port + 1)) && ! answers $((port + 2)); then
      return
    fi
  done
  fail "no three free ports in a row from 18340 to 18640."
}

write_configuration() {
  local id=$1
  monitors="[v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]"
  # One replica, no manager and no authentication between the daemons: nothing but what the gateway needs to serve S3.
  # The short Paxos intervals make a start take two seconds instead of twenty.
  cat >"$CEPH_CONF" <<CONFIGURATION
[global]
fsid = $id
mon host = $monitors
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms mon client mode = crc
auth cluster required = none
auth service required = none
auth client required = none
run dir = $dir/run
log file = $dir/log/\$name.log
admin socket = $dir/run/\$name.asok
pid file = $dir/run/\$name.pid
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data = $dir/mon
mon data avail warn = 1
mon data avail crit = 0
paxos propose interval = 0.05
paxos min wait = 0.01
osd data = $dir/osd
osd objectstore = bluestore
osd memory target = 939524096
bluestore block size = $size
bluestore fsck on mount = false
[client.rgw]
rgw data = $dir/rgw
rgw frontends = beast endpoint=127.0.0.1:$port
rgw dns name = localhost
rgw enable usage log = false
rgw thread pool size = 64
CONFIGURATION
}

# The daemons put themselves into the background; what they say before that goes to a log, so that $(ceph-start.sh) ends.
start_daemons() {
  local id=$1 osd
  osd=$(cat /proc/sys/kernel/random/uuid)
  monmaptool --create --clobber --fsid "$id" --addv a "$monitors" "$dir/monmap" &&
    ceph-mon --mkfs -i a --monmap "$dir/monmap" &&
    ceph-mon -i a &&
    timeout 60 ceph osd new "$osd" 0 &&
    ceph-osd -i 0 --mkfs --osd-uuid "$osd" &&
    ceph-osd -i 0 &&
    radosgw -n client.rgw &&
    timeout 60 radosgw-admin user create --uid=interop --display-name=interop --access-key="$key" --secret-key="$secret"
}

wait_for_gateway() {
  local tries pid_file=$dir/run/client.rgw.pid
  for ((tries = 0; tries < 300; tries++)); do
    answers "$port" && return
    if [ -f "$pid_file" ] && ! kill -0 "$(cat "$pid_file")" 2>/dev/null; then
      fail "the gateway ended by itself."
    fi
    sleep 0.1
  done
  fail "the gateway does not answer on port $port after 30 s."
}

running() {
  local file=$dir/run/client.rgw.pid
  [ -f "$dir/settings" ] && [ -f "$file" ] && kill -0 "$(cat "$file")" 2>/dev/null && answers "$(cat "$dir/port")"
}

if ! running; then
  all_installed || install_ceph
  "$here/ceph-stop.sh" "$dir"
  pick_port
  id=$(cat /proc/sys/kernel/random/uuid)
  mkdir -p "$dir"/{mon,osd,rgw,log,run}
  export CEPH_CONF=$dir/ceph.conf
  write_configuration "$id"
  start_daemons "$id" </dev/null >"$dir/log/start.log" 2>&1 || fail "a daemon could not be started."
  wait_for_gateway
  echo "$port" >"$dir/port"
  printf 'export %s=%q\n' \
    S3MODELSTORE_TEST_ENDPOINT "http://127.0.0.1:$port" AWS_ACCESS_KEY_ID "$key" AWS_SECRET_ACCESS_KEY "$secret" >"$dir/settings"
  say "$(radosgw --version | cut -d' ' -f1-3) answers on port $port; its files are in $dir"
fi
cat "$dir/settings"
