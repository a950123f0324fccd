# SPDX-License-Identifier: MIT
# pin-netfilter.py PROGRAM LINK: attaches a pinned netfilter program to the IPv4 local_in hook of this network namespace and pins the link.
import ctypes
import os
import struct
import sys

BPF, OBJ_PIN, OBJ_GET, LINK_CREATE, NETFILTER = 321, 6, 7, 28, 45
IPV4, LOCAL_IN, PRIORITY = 2, 1, 77
libc = ctypes.CDLL(None, use_errno=True)


def bpf(command, attributes):
    buffer = ctypes.create_string_buffer(attributes, 64)
    result = libc.syscall(BPF, command, buffer, 64)
    if result < 0:
        sys.exit(f"bpf({command}): {os.strerror(ctypes.get_errno())}")
    return result


program, link = (ctypes.create_string_buffer(path.encode()) for path in sys.argv[1:3])
fd = bpf(OBJ_GET, struct.pack("QII", ctypes.addressof(program), 0, 0))
attached = bpf(LINK_CREATE, struct.pack("IIIIIIiI", fd, 0, NETFILTER, 0, IPV4, LOCAL_IN, PRIORITY, 0))
bpf(OBJ_PIN, struct.pack("QII", ctypes.addressof(link), attached, 0))
