#!/bin/bash
# SPDX-License-Identifier: MIT
# end-by.sh SIGNAL SOURCE PROGRAM: ends a run by a signal; how many programs of that name there were and are, and the exit code.
set -um
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

count() { bpftool prog show name "$1" | grep -c "name $1"; }

ruche run "$2" >/dev/null 2>"$work/err" &
until grep -q ready "$work/err"; do
    kill -0 $! || { cat "$work/err" >&2; exit 1; }
done
echo "attached $(count "$3")"
kill -"$1" $!
wait $!
code=$?
# The kernel lets go of a killed process's programs a moment later; a run that never lets go ends by the case's time limit.
until [[ $(count "$3") == 0 ]]; do :; done
echo "left $(count "$3")"
echo "exit $code"
