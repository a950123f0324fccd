// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>A <see cref="BtfMember"/> whose name is still an offset of the string section.</summary>
internal readonly record struct BtfField(int Name, int Type, int BitOffset, int BitSize)
{
    /// <summary>Bytes of a member in the type section.</summary>
    public const int StoredSize = 12;
}
