// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>The registers of the eBPF machine. Values above <see cref="R10"/> fit the field but name nothing.</summary>
public enum Register : byte
{
    /// <summary>Return value.</summary>
    R0,

    /// <summary>First argument; the context at entry.</summary>
    R1,

    /// <summary>Second argument.</summary>
    R2,

    /// <summary>Third argument.</summary>
    R3,

    /// <summary>Fourth argument.</summary>
    R4,

    /// <summary>Fifth argument.</summary>
    R5,

    /// <summary>Callee-saved.</summary>
    R6,

    /// <summary>Callee-saved.</summary>
    R7,

    /// <summary>Callee-saved.</summary>
    R8,

    /// <summary>Callee-saved.</summary>
    R9,

    /// <summary>Frame pointer, read-only.</summary>
    R10,
}
