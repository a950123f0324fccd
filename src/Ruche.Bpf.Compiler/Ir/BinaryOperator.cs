// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Arithmetic with two operands of one width. A division by zero yields zero, a remainder by zero the dividend, as in eBPF.</summary>
public enum BinaryOperator
{
    /// <summary>The sum; of a pointer and a number, the pointer moved by so many bytes.</summary>
    Add,

    /// <summary>The difference; of two pointers, the bytes between them.</summary>
    Sub,

    /// <summary>The product.</summary>
    Mul,

    /// <summary>The quotient of unsigned numbers.</summary>
    UDiv,

    /// <summary>The quotient of signed numbers, rounded towards zero.</summary>
    SDiv,

    /// <summary>The remainder of unsigned numbers.</summary>
    URem,

    /// <summary>The remainder of signed numbers, with the dividend's sign.</summary>
    SRem,

    /// <summary>The bits that both have.</summary>
    And,

    /// <summary>The bits that either has.</summary>
    Or,

    /// <summary>The bits that one of them has.</summary>
    Xor,

    /// <summary>Shifted left; the count is taken modulo the width.</summary>
    Shl,

    /// <summary>Shifted right, filled with zeros.</summary>
    LShr,

    /// <summary>Shifted right, filled with the sign.</summary>
    AShr,
}
