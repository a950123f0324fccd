// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// The elements of an LRU map in the order of their writing. The oldest goes first, unless a program has looked it up since: then it takes
/// its place behind the newest once more. Links lie in the elements; whoever calls holds the table's lock.
/// </summary>
internal sealed unsafe class EvictionQueue(int linksOffset)
{
    public const int LinksSize = 2 * sizeof(ulong);

    private Element* _oldest;
    private Element* _newest;

    public void Add(Element* element)
    {
        Older(element) = _newest;
        Newer(element) = null;
        if (_newest != null) Newer(_newest) = element;
        else _oldest = element;
        _newest = element;
    }

    public void Remove(Element* element)
    {
        Element* older = Older(element), newer = Newer(element);
        if (older != null) Newer(older) = newer;
        else _oldest = newer;
        if (newer != null) Older(newer) = older;
        else _newest = older;
    }

    /// <summary>The element that is to go; it is still in the queue.</summary>
    /// <param name="count">How many there are; others may use elements as fast as they are passed over.</param>
    public Element* Next(uint count)
    {
        for (; count > 0 && Element.Of(_oldest).IsUsed != 0; count--)
        {
            var spared = _oldest;
            Element.Of(spared).IsUsed = 0;
            Remove(spared);
            Add(spared);
        }

        return _oldest;
    }

    // SAFETY: every element of the table has room for both links at this offset.
    private ref Element* Older(Element* element) => ref *(Element**)((byte*)element + linksOffset);

    private ref Element* Newer(Element* element) => ref *(Element**)((byte*)element + linksOffset + sizeof(nint));
}
