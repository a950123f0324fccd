// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>The kind of a BTF type as encoded: <c>BTF_KIND_*</c>.</summary>
public enum BtfKind
{
    /// <summary>Id 0: no type.</summary>
    Void = 0,

    /// <summary>An integer.</summary>
    Int = 1,

    /// <summary>A pointer.</summary>
    Pointer = 2,

    /// <summary>An array.</summary>
    Array = 3,

    /// <summary>A struct.</summary>
    Struct = 4,

    /// <summary>A union.</summary>
    Union = 5,

    /// <summary>An enumeration of up to 32 bits.</summary>
    Enum = 6,

    /// <summary>A declared struct or union.</summary>
    Forward = 7,

    /// <summary>Another name for a type.</summary>
    Typedef = 8,

    /// <summary>A volatile type.</summary>
    Volatile = 9,

    /// <summary>A constant type.</summary>
    Const = 10,

    /// <summary>A restrict pointer.</summary>
    Restrict = 11,

    /// <summary>A function.</summary>
    Function = 12,

    /// <summary>A function's parameters and result.</summary>
    FunctionPrototype = 13,

    /// <summary>A global variable.</summary>
    Variable = 14,

    /// <summary>A section and its variables.</summary>
    DataSection = 15,

    /// <summary>A floating-point number.</summary>
    Float = 16,

    /// <summary>A tag on a declaration.</summary>
    DeclTag = 17,

    /// <summary>A tag on a type.</summary>
    TypeTag = 18,

    /// <summary>An enumeration of 64 bits.</summary>
    Enum64 = 19,
}
