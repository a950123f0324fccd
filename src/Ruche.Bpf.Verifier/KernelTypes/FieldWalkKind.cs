// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>What lies at an offset of an object.</summary>
internal enum FieldWalkKind : byte
{
    /// <summary>A number, or bytes of one.</summary>
    Number,

    /// <summary>A pointer to another object.</summary>
    Pointer,

    /// <summary>A pointer to something that is no object.</summary>
    OtherPointer,
}
