// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Contexts;

/// <summary>What stands beside a context.</summary>
internal enum ContextData
{
    /// <summary>Nothing: the context is all.</summary>
    None,

    /// <summary>A packet as a network card gives it, with room before and behind it.</summary>
    Xdp,

    /// <summary>A socket buffer whose data begin with the link layer's header.</summary>
    LinkLayer,

    /// <summary>A socket buffer whose data begin behind the link layer's header.</summary>
    NetworkLayer,

    /// <summary>A socket buffer whose data are what a socket sends or receives.</summary>
    Payload,

    /// <summary>The value of a socket option.</summary>
    OptionValue,
}
