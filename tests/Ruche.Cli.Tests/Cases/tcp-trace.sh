#!/bin/bash
# SPDX-License-Identifier: MIT
# tcp-trace.sh ARGUMENTS…: traces while TCP connections go through a link that loses packets; ends the trace when it does not end itself.
set -um
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; ip netns del rt-a 2>/dev/null; ip netns del rt-b 2>/dev/null; rm -rf "$work"' EXIT

cat >"$work/script"
ip netns add rt-a
ip netns add rt-b
ip link add rt-veth-a netns rt-a type veth peer name rt-veth-b netns rt-b
ip -n rt-a addr add 10.78.0.1/24 dev rt-veth-a
ip -n rt-b addr add 10.78.0.2/24 dev rt-veth-b
ip -n rt-a link set rt-veth-a up
ip -n rt-b link set rt-veth-b up

ip netns exec rt-b python3 -c '
import socket
server = socket.create_server(("10.78.0.2", 7778))
print("serving", flush=True)
while True:
    with server.accept()[0] as peer:
        while data := peer.recv(100): peer.sendall(data)
' >"$work/server" &
until grep -q serving "$work/server"; do read -rt 0.05 <> <(:); done

ruche trace "$@" <"$work/script" >"$work/out" 2>"$work/err" &
trace=$!
# What is said when all is attached is quiet here: the programs are there then.
until bpftool prog show name probe_0 2>/dev/null | grep -q probe_0; do
    kill -0 "$trace" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
    read -rt 0.05 <> <(:)
done
ip netns exec rt-a python3 -c '
import socket, subprocess, sys, time
peer = socket.create_connection(("10.78.0.2", 7778), timeout=5)
for _ in range(5):
    peer.sendall(b"x" * 50)
    peer.recv(100)
subprocess.run("ip -n rt-b link set rt-veth-b down", shell=True, check=True)
peer.sendall(b"lost")
time.sleep(1)
subprocess.run("ip -n rt-b link set rt-veth-b up", shell=True, check=True)
try:
    peer.recv(100)
except TimeoutError:
    pass
'
kill -INT "$trace" 2>/dev/null
wait "$trace"
code=$?
cat "$work/out"
cat "$work/err" >&2
exit "$code"
