// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>Where an XDP program runs.</summary>
public enum XdpMode
{
    /// <summary>In the driver when it can, in the network stack otherwise.</summary>
    Auto,

    /// <summary>In the driver, before a socket buffer is made.</summary>
    Native,

    /// <summary>In the network stack, after a socket buffer was made; works everywhere, slower.</summary>
    Generic,

    /// <summary>On the card.</summary>
    Offloaded,
}
