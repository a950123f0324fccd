// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Values;

/// <summary>What the kernel keeps for a program on its stack.</summary>
internal enum DynamicKind : byte
{
    /// <summary>A dynptr to memory of the program.</summary>
    LocalDynamicPointer,

    /// <summary>A dynptr to a record of a ring buffer.</summary>
    RingBufferDynamicPointer,

    /// <summary>A dynptr to a packet as tc sees it.</summary>
    SkbDynamicPointer,

    /// <summary>A dynptr to a packet as XDP sees it.</summary>
    XdpDynamicPointer,

    /// <summary>A dynptr to a packet's metadata.</summary>
    SkbMetaDynamicPointer,

    /// <summary>A dynptr to a file.</summary>
    FileDynamicPointer,

    /// <summary>An open-coded iterator.</summary>
    Iterator,

    /// <summary>Saved interrupt flags.</summary>
    InterruptFlags,
}
