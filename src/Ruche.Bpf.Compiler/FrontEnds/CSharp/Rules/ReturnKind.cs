// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>What a method returns, as far as it decides whether the kernel has the method.</summary>
internal enum ReturnKind
{
    Other,

    /// <summary>A number of 8 or 16 bits, a truth value or a character.</summary>
    Narrow,

    /// <summary>A whole number of 32 or 64 bits.</summary>
    Wide,
}
