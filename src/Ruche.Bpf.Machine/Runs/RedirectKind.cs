// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Runs;

/// <summary>How a packet is sent elsewhere.</summary>
public enum RedirectKind
{
    /// <summary>To an interface.</summary>
    Interface,

    /// <summary>To an interface's other end (<c>bpf_redirect_peer</c>).</summary>
    Peer,

    /// <summary>To a neighbour, by an interface (<c>bpf_redirect_neigh</c>).</summary>
    Neighbour,

    /// <summary>To what an entry of a map stands for.</summary>
    Map,

    /// <summary>A copy, to an interface.</summary>
    Clone,
}
