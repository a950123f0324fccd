// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Netlink;

/// <summary>Flags of a netlink request: <c>NLM_F_…</c>.</summary>
[Flags]
internal enum NetlinkFlags : ushort
{
    None = 0,
    Request = 1,
    Multi = 2,
    Acknowledge = 4,
    Dump = 0x300,
    Replace = 0x100,
    Exclusive = 0x200,
    Create = 0x400,
}
