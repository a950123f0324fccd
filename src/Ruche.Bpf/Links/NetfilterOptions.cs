// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>Where a netfilter program is attached.</summary>
public sealed record NetfilterOptions
{
    /// <summary>The packets it sees.</summary>
    public NetfilterFamily Family { get; init; } = NetfilterFamily.IPv4;

    /// <summary>The point on a packet's way.</summary>
    public NetfilterHook Hook { get; init; } = NetfilterHook.LocalIn;

    /// <summary>Its place among the others at that point; lower runs earlier.</summary>
    public int Priority { get; init; } = -128;

    /// <summary>Whether fragments are put together first; the priority must then be above -400.</summary>
    public bool Defragment { get; init; }
}
