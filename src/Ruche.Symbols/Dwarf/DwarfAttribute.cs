// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Dwarf;

/// <summary>What an entry says of what it describes (<c>DW_AT</c>), as far as it is read.</summary>
internal enum DwarfAttribute : ushort
{
    Sibling = 0x01,
    Name = 0x03,
    ByteSize = 0x0b,
    BitOffset = 0x0c,
    BitSize = 0x0d,
    StatementList = 0x10,
    LowPc = 0x11,
    HighPc = 0x12,
    CompilationDirectory = 0x1b,
    ConstantValue = 0x1c,
    UpperBound = 0x2f,
    AbstractOrigin = 0x31,
    CallingConvention = 0x36,
    Count = 0x37,
    MemberLocation = 0x38,
    Declaration = 0x3c,
    Encoding = 0x3e,
    Specification = 0x47,
    Type = 0x49,
    Virtuality = 0x4c,
    Ranges = 0x55,
    DataBitOffset = 0x6b,
    LinkageName = 0x6e,
    TextOffsetsBase = 0x72,
    AddressBase = 0x73,
    Deleted = 0x8a,
    Defaulted = 0x8b,
}
