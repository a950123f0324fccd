// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

// The kernel's types by the kernel's names, with the fields that are needed. Where a field lies is found out when the object is loaded.

[KernelType("struct sock")]
public struct sock
{
    public sock_common __sk_common;
}

[KernelType("struct sock_common")]
public struct sock_common
{
    public uint skc_daddr, skc_rcv_saddr;
    public ushort skc_dport, skc_num, skc_family;
    public IPv6Address skc_v6_daddr, skc_v6_rcv_saddr;
}
