// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Maps;

/// <summary>What lies before the key and the value of an entry of a hash table, where no program reaches.</summary>
internal unsafe struct Element
{
    public const int IsUsedOffset = 12;

    /// <summary>The next one in its bucket, or among the free ones.</summary>
    public Element* Next;

    public uint Hash;

    /// <summary>Not zero when a program has looked it up since it was last passed over for removal.</summary>
    public uint IsUsed;
}
