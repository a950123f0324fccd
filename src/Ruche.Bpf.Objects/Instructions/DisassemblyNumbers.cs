// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>How numbers are printed.</summary>
public enum DisassemblyNumbers
{
    /// <summary>Decimal, as llvm printed before version 17.</summary>
    Decimal,

    /// <summary>Hexadecimal with a sign, as llvm prints by default since version 17.</summary>
    Hexadecimal,
}
