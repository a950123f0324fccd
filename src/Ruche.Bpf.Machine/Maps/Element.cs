// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// What lies before the value of an entry, where no program reaches. A pointer to an element points behind this, at the value, so that who has
/// found one need not add anything; the key, if there is one, lies before.
/// </summary>
internal unsafe struct Element
{
    /// <summary>Where <see cref="IsUsed"/> is, from the value.</summary>
    public const int IsUsedOffset = -4;

    /// <summary>The next one in its bucket, or among the free ones.</summary>
    public Element* Next;

    public uint Hash;

    /// <summary>Not zero when a program has looked it up since it was last passed over for removal.</summary>
    public uint IsUsed;

    /// <summary>Of an element.</summary>
    public static ref Element Of(Element* element) => ref element[-1];
}
