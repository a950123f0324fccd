// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>Which field a label fills in.</summary>
internal enum AssemblyFixupKind
{
    /// <summary>The 16-bit offset of a jump.</summary>
    Offset,

    /// <summary>The 32-bit immediate of a long jump or a wide load of a function's address.</summary>
    Immediate,

    /// <summary>The immediate of a call: a function of the program when the label exists, a helper otherwise.</summary>
    Call,
}
