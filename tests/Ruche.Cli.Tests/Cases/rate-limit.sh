#!/bin/bash
# SPDX-License-Identifier: MIT
# rate-limit.sh SOURCE [ARGUMENTS…]: how many of a burst of datagrams get an answer, from two source addresses.
set -u
source "$(dirname "$0")/traffic.sh"

start_servers
echo "before: $(client udp 10.77.0.1 50) of 50"
start_ruche "$@"
echo "during: $(client udp 10.77.0.1 50) of 50"
echo "other source: $(client udp 10.77.0.3 5) of 5"
stop_ruche
echo "after: $(client udp 10.77.0.1 50) of 50"
cat "$work/out"
