# SPDX-License-Identifier: MIT
# Sourced by the network cases: servers in ruche-b, the command in ruche-b, clients in ruche-a.
# With job control, so that what runs in the background takes SIGINT.
set -m
here=$(dirname "${BASH_SOURCE[0]}")
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT

client() { ip netns exec ruche-a python3 "$here/probe.py" "$@"; }

start_servers() {
    ip netns exec ruche-b python3 "$here/probe.py" serve >"$work/server" &
    until grep -q serving "$work/server"; do read -rt 0.05 <> <(:); done
}

# start_ruche ARGUMENTS…: returns once everything is attached.
start_ruche() {
    ip netns exec ruche-b ruche run "$@" --iface veth-b >"$work/out" 2>"$work/err" &
    ruche=$!
    until grep -q ready "$work/err"; do
        kill -0 "$ruche" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
        read -rt 0.05 <> <(:)
    done
}

stop_ruche() {
    kill -INT "$ruche"
    wait "$ruche"
    echo "exit $?"
}
