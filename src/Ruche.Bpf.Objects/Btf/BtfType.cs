// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// One BTF type. The set is closed; types refer to each other by id within the <see cref="BtfSpec"/> they come from
/// (and its base, when split). Id 0 is <see cref="Void"/>.
/// </summary>
public abstract record BtfType
{
    private BtfType()
    {
    }

    /// <summary>The name, empty for an anonymous type.</summary>
    public string Name { get; init; } = "";

    /// <summary>No type at all: id 0.</summary>
    public sealed record Void : BtfType;

    /// <summary>An integer. <paramref name="BitOffset"/> and <paramref name="Bits"/> describe old-style bit fields.</summary>
    public sealed record Int(int Size, IntEncoding Encoding, int BitOffset, int Bits) : BtfType;

    /// <summary>A pointer.</summary>
    public sealed record Pointer(int Target) : BtfType;

    /// <summary>An array of <paramref name="Count"/> elements.</summary>
    public sealed record Array(int Element, int Index, int Count) : BtfType;

    /// <summary>A struct or a union.</summary>
    public sealed record Composite(bool IsUnion, int Size, ImmutableArray<BtfMember> Members) : BtfType;

    /// <summary>An enumeration; <paramref name="Is64"/> when encoded as BTF_KIND_ENUM64.</summary>
    public sealed record Enum(int Size, bool IsSigned, bool Is64, ImmutableArray<BtfEnumerator> Values) : BtfType;

    /// <summary>A struct or union that is declared but not defined here.</summary>
    public sealed record Forward(bool IsUnion) : BtfType;

    /// <summary>Another name for a type.</summary>
    public sealed record Typedef(int Target) : BtfType;

    /// <summary>A <c>volatile</c> type.</summary>
    public sealed record Volatile(int Target) : BtfType;

    /// <summary>A <c>const</c> type.</summary>
    public sealed record Const(int Target) : BtfType;

    /// <summary>A <c>restrict</c> pointer.</summary>
    public sealed record Restrict(int Target) : BtfType;

    /// <summary>A function with the prototype <paramref name="Prototype"/>.</summary>
    public sealed record Function(int Prototype, BtfLinkage Linkage) : BtfType;

    /// <summary>What a function takes and returns.</summary>
    public sealed record FunctionPrototype(int Return, ImmutableArray<BtfParameter> Parameters) : BtfType;

    /// <summary>A global variable.</summary>
    public sealed record Variable(int Target, BtfLinkage Linkage) : BtfType;

    /// <summary>An ELF section and the variables in it.</summary>
    public sealed record DataSection(int Size, ImmutableArray<BtfSectionVariable> Variables) : BtfType;

    /// <summary>A floating-point number.</summary>
    public sealed record Float(int Size) : BtfType;

    /// <summary>
    /// A <c>btf_decl_tag</c> (or, with <paramref name="IsAttribute"/>, another attribute) on a type, or on its component
    /// <paramref name="Component"/> when that is not -1.
    /// </summary>
    public sealed record DeclTag(int Target, int Component, bool IsAttribute = false) : BtfType;

    /// <summary>A <c>btf_type_tag</c> (or, with <paramref name="IsAttribute"/>, another type attribute) on a type.</summary>
    public sealed record TypeTag(int Target, bool IsAttribute = false) : BtfType;
}
