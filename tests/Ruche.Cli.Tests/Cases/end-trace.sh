#!/bin/bash
# SPDX-License-Identifier: MIT
# end-trace.sh SIGNAL [script]: ends a trace by a signal; what it printed, how many of its programs are left, and the exit code.
# With `script`, the trace is started as scripts start what runs beside them: with SIGINT ignored.
set -u
[[ ${2:-} == script ]] || set -m
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ruche trace -e 'interval:ms:1 { @n = count(); } interval:ms:20 { print("ran"); } end { print("end"); }' >"$work/out" 2>"$work/err" &
until grep -q ran "$work/out"; do
    kill -0 $! || { cat "$work/err" >&2; exit 1; }
done
kill -"$1" $!
wait $!
code=$?
grep -v ran "$work/out"
echo "left $(bpftool prog show name probe_0 | grep -c 'name probe_0')"
echo "exit $code"
