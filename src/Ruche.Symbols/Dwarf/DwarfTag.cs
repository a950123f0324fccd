// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Dwarf;

/// <summary>What an entry describes (<c>DW_TAG</c>), as far as it is read.</summary>
internal enum DwarfTag : ushort
{
    ArrayType = 0x01,
    ClassType = 0x02,
    EnumerationType = 0x04,
    FormalParameter = 0x05,
    Member = 0x0d,
    PointerType = 0x0f,
    ReferenceType = 0x10,
    StructureType = 0x13,
    SubroutineType = 0x15,
    Typedef = 0x16,
    UnionType = 0x17,
    UnspecifiedParameters = 0x18,
    Inheritance = 0x1c,
    PointerToMember = 0x1f,
    SubrangeType = 0x21,
    BaseType = 0x24,
    ConstType = 0x26,
    Enumerator = 0x28,
    PackedType = 0x2d,
    Subprogram = 0x2e,
    VolatileType = 0x35,
    RestrictType = 0x37,
    RvalueReferenceType = 0x42,
    TemplateAlias = 0x43,
    AtomicType = 0x47,
    ImmutableType = 0x4b,
}
