#!/bin/bash
# SPDX-License-Identifier: MIT
# end-trace.sh SIGNAL [script]: ends a trace by a signal; what it printed, how many of its programs are left, and the exit code.
# With `script`, the trace is started as scripts start what runs beside them: with SIGINT ignored.
set -u
[[ ${2:-} == script ]] || set -m
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ruche trace -e 'interval:ms:1 { @n = count(); } interval:ms:20 { print("ran"); } end { print("end"); }' >"$work/out" 2>"$work/err" &
trace=$!
until grep -q ran "$work/out"; do
    kill -0 $trace || { cat "$work/err" >&2; exit 1; }
done
mapfile -t programs < <(awk '/^prog_id:/ { print $2 }' /proc/$trace/fdinfo/* 2>/dev/null | sort -u)
[[ ${#programs[@]} -ge 3 ]] || { echo "found ${#programs[@]} of its programs" >&2; exit 1; }
kill -"$1" $trace
wait $trace
code=$?
grep -v ran "$work/out"
left=0
for id in "${programs[@]}"; do bpftool prog show id "$id" >/dev/null 2>&1 && left=$((left + 1)); done
echo "left $left"
echo "exit $code"
