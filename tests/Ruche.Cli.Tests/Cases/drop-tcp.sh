#!/bin/bash
# SPDX-License-Identifier: MIT
# drop-tcp.sh SOURCE: which protocols get an answer before, while and after the program is attached.
set -u
source "$(dirname "$0")/traffic.sh"

report() {
    local icmp=dropped udp=dropped
    ip netns exec ruche-a ping -qc1 -W1 10.77.0.2 >/dev/null && icmp=ok
    [[ $(client udp 10.77.0.1 1) == 1 ]] && udp=ok
    echo "$1: icmp $icmp, udp $udp, tcp $(client tcp)"
}

start_servers
report before
start_ruche "$1"
report during
stop_ruche
report after
cat "$work/out"
