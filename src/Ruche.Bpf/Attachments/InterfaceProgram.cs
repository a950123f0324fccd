// SPDX-License-Identifier: MIT
using Ruche.Bpf.Netlink;

namespace Ruche.Bpf.Attachments;

/// <summary>A program on a network interface.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="Hook">The hook: <c>xdp</c>, <c>tcx</c>, <c>netkit</c> or <c>clsact</c>.</param>
/// <param name="Kind">How or where: <c>native</c>, <c>generic</c>, <c>ingress</c>, <c>egress</c>, <c>primary</c>, <c>peer</c>.</param>
/// <param name="ProgramId">The program.</param>
/// <param name="LinkId">The link that attaches it; 0 when there is none, or the hook does not say.</param>
/// <param name="Name">The name of a clsact filter; else empty.</param>
public sealed record InterfaceProgram(NetworkInterface Interface, string Hook, string Kind, uint ProgramId, uint LinkId = 0, string Name = "");
