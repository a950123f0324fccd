// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>What is known of a slot.</summary>
[Flags]
internal enum SlotMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A jump goes there.</summary>
    Target = 1,

    /// <summary>A jump goes back there.</summary>
    Loop = 2,

    /// <summary>A function starts there.</summary>
    Function = 4,

    /// <summary>It is the second half of a wide load.</summary>
    Padding = 8,
}
