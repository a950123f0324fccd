// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Values;

/// <summary>How a value came to be.</summary>
internal enum OriginKind : byte
{
    /// <summary>It was there at the start of the program or function.</summary>
    Entry,

    /// <summary>A constant of an instruction.</summary>
    Constant,

    /// <summary>Arithmetic.</summary>
    Arithmetic,

    /// <summary>A load from memory.</summary>
    Load,

    /// <summary>The result of a call.</summary>
    Call,

    /// <summary>A comparison told more about it.</summary>
    Comparison,

    /// <summary>The same value, held by a remembered state.</summary>
    Checkpoint,

    /// <summary>A pointer whose object was given back.</summary>
    Released,

    /// <summary>A pointer into a packet that may have moved.</summary>
    PacketMoved,

    /// <summary>Widened, because it changes from round to round of a loop.</summary>
    Widened,
}
