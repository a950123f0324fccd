// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>What a CO-RE relocation asks of the target's types: <c>enum bpf_core_relo_kind</c>.</summary>
public enum CoreRelocationKind
{
    /// <summary>The field's offset in bytes.</summary>
    FieldByteOffset = 0,

    /// <summary>The field's size in bytes.</summary>
    FieldByteSize = 1,

    /// <summary>1 when the field exists.</summary>
    FieldExists = 2,

    /// <summary>1 when the field is signed.</summary>
    FieldSigned = 3,

    /// <summary>How far left a loaded bit field must be shifted.</summary>
    FieldLeftShift = 4,

    /// <summary>How far right it must then be shifted.</summary>
    FieldRightShift = 5,

    /// <summary>The local type's id.</summary>
    TypeIdLocal = 6,

    /// <summary>The target type's id.</summary>
    TypeIdTarget = 7,

    /// <summary>1 when the type exists.</summary>
    TypeExists = 8,

    /// <summary>The type's size in bytes.</summary>
    TypeSize = 9,

    /// <summary>1 when the enumerator exists.</summary>
    EnumValueExists = 10,

    /// <summary>The enumerator's value.</summary>
    EnumValue = 11,

    /// <summary>1 when the type exists and its shape matches.</summary>
    TypeMatches = 12,
}
