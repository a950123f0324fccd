// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>What kind of type it is whose values no program has.</summary>
internal enum ValueKind
{
    /// <summary>A struct of the base library, or one with a field of such a type.</summary>
    Other,

    Fraction,

    Array,

    String,

    Object,
}
