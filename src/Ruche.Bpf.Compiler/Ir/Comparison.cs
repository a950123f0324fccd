// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>How two values of one type are compared.</summary>
public enum Comparison
{
    /// <summary>They are the same.</summary>
    Equal,

    /// <summary>They differ.</summary>
    NotEqual,

    /// <summary>The first is less, both unsigned.</summary>
    Below,

    /// <summary>The first is not greater, both unsigned.</summary>
    BelowOrEqual,

    /// <summary>The first is greater, both unsigned.</summary>
    Above,

    /// <summary>The first is not less, both unsigned.</summary>
    AboveOrEqual,

    /// <summary>The first is less, both signed.</summary>
    Less,

    /// <summary>The first is not greater, both signed.</summary>
    LessOrEqual,

    /// <summary>The first is greater, both signed.</summary>
    Greater,

    /// <summary>The first is not less, both signed.</summary>
    GreaterOrEqual,

    /// <summary>They have a set bit in common.</summary>
    Intersects,
}
