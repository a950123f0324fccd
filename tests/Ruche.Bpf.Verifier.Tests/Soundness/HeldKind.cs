// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>The kinds of things that generated programs work with.</summary>
internal enum HeldKind : byte
{
    /// <summary>Nothing that may be read.</summary>
    Nothing,

    /// <summary>A number.</summary>
    Number,

    /// <summary>The context.</summary>
    Context,

    /// <summary>A place in the packet.</summary>
    Packet,

    /// <summary>The end of the packet.</summary>
    PacketEnd,

    /// <summary>A place in a map's value.</summary>
    Value,

    /// <summary>A map's value, or null.</summary>
    ValueOrNull,

    /// <summary>A place on a stack.</summary>
    Stack,
}
