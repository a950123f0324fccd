// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// Memory for the entries of a map, in blocks that double. An element that is given back is the next to be taken, as in the kernel; its
/// memory stays. Its value starts at an offset, behind what is the owner's. Whoever takes or gives back holds the map's lock; finding an address needs none.
/// </summary>
internal sealed unsafe class ElementPool(int elementSize, int valueOffset)
{
    private const int FirstCount = 16;

    private NativeBlock[] _blocks = [];
    private Element* _free;
    private long _unused;

    public Element* Take()
    {
        if (_free != null)
        {
            Element* element = _free;
            _free = Element.Of(element).Next;
            return element;
        }

        if (_unused == 0) Grow();
        var last = _blocks[^1];
        return (Element*)(last.Start + (nint)(last.Length - (_unused-- * elementSize)) + valueOffset);
    }

    public void GiveBack(Element* element)
    {
        Element.Of(element).Next = _free;
        _free = element;
    }

    /// <summary>The value in which an address lies; 0 when it lies in none.</summary>
    public nint Find(ulong address)
    {
        var blocks = Volatile.Read(ref _blocks);
        for (int i = blocks.Length - 1; i >= 0; i--)
        {
            if (!blocks[i].TryOffset(address, out ulong offset)) continue;
            ulong within = offset % (uint)elementSize;
            return within >= (uint)valueOffset ? (nint)(address - within) + valueOffset : 0;
        }

        return 0;
    }

    private void Grow()
    {
        _unused = (long)FirstCount << _blocks.Length;
        Volatile.Write(ref _blocks, [.. _blocks, new NativeBlock(_unused * elementSize)]);
    }
}
