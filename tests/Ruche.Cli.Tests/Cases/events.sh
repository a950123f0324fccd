# SPDX-License-Identifier: MIT
# Sourced by the cases of event_pipe: greet runs the program once, each run writing one record to each buffer.
# With job control, so that what runs in the background takes SIGINT.
set -m
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT
head -c 64 /dev/zero >"$work/packet"

greet() { taskset -c 0 ruche bpf prog run pinned "$1" data_in "$work/packet" repeat "${2:-1}" >/dev/null; }

# read_events PROGRAM COMMAND…: keeps a reader in the background until its output in $work/out has a record.
read_events() {
    local program=$1
    shift
    "$@" >"$work/out" 2>"$work/err" &
    reader=$!
    until grep -q '==\|"data"' "$work/out"; do
        kill -0 "$reader" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
        greet "$program"
    done
}

# Interrupts the reader; its exit code.
stop_reading() {
    kill -INT "$reader"
    wait "$reader"
}
