// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>What a token of assembly text is.</summary>
internal enum AssemblyTokenKind
{
    /// <summary>The end of the line.</summary>
    End,

    /// <summary>A mnemonic, register, label or other name.</summary>
    Word,

    /// <summary>An unsigned number, not yet checked.</summary>
    Number,

    /// <summary>An operator or punctuation.</summary>
    Symbol,
}
