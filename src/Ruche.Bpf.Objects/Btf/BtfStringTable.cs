// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>A growing string section in which every string is stored once. Not thread-safe.</summary>
internal sealed class BtfStringTable
{
    private readonly BtfStringTable? _shared;
    private byte[] _bytes;
    private int[] _slots = new int[64];
    private int _used;

    /// <summary>Starts with the strings of a section, at the offsets they have there.</summary>
    public BtfStringTable(ReadOnlySpan<byte> section, BtfStringTable? shared = null)
    {
        _shared = shared;
        Start = shared?.End ?? 0;
        _bytes = new byte[Math.Max(section.Length, 64)];
        section.CopyTo(_bytes);
        Length = section.Length;
        for (int at = 0; at < Length; at += At(at).Length + 1) Remember(at);
        if (Length == 0 && shared is null) Append([]);
    }

    /// <summary>The offset of the first byte: where the base's strings end.</summary>
    public int Start { get; }

    public int Length { get; private set; }

    public int End => Start + Length;

    public ReadOnlySpan<byte> Section => _bytes.AsSpan(0, Length);

    public static BtfStringTable Of(BtfSpec spec) => new(spec.OwnStrings, spec.Base is null ? null : Of(spec.Base));

    /// <summary>The offset of a string, added when it is new.</summary>
    public int Add(string text) => text.Length == 0 ? 0 : Add(Encoding.UTF8.GetBytes(text));

    /// <summary>The offset of a string; true when it was not there and has been added.</summary>
    public bool TryAdd(ReadOnlySpan<byte> text, out int offset)
    {
        offset = Find(text);
        if (offset >= 0) return false;
        offset = Append(text);
        return true;
    }

    /// <summary>Whether a string is there.</summary>
    public bool Contains(ReadOnlySpan<byte> text) => Find(text) >= 0;

    private int Add(ReadOnlySpan<byte> text)
    {
        TryAdd(text, out int offset);
        return offset;
    }

    private int Find(ReadOnlySpan<byte> text)
    {
        int shared = _shared?.Find(text) ?? -1;
        if (shared >= 0) return shared;
        for (int slot = SlotOf(text); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (At(_slots[slot] - 1).SequenceEqual(text)) return Start + _slots[slot] - 1;
        }
        return -1;
    }

    private int Append(ReadOnlySpan<byte> text)
    {
        if (_bytes.Length - Length <= text.Length) Array.Resize(ref _bytes, checked(Math.Max(_bytes.Length * 2, Length + text.Length + 1)));
        int at = Length;
        text.CopyTo(_bytes.AsSpan(at));
        Length += text.Length + 1;
        Remember(at);
        return Start + at;
    }

    private void Remember(int at)
    {
        if (++_used * 2 > _slots.Length) Grow();
        Place(at);
    }

    private void Grow()
    {
        int[] old = _slots;
        _slots = new int[old.Length * 2];
        foreach (int entry in old)
        {
            if (entry != 0) Place(entry - 1);
        }
    }

    /// <summary>Enters the string at an offset unless an equal one is there already, so that the first of equals is the one found.</summary>
    private void Place(int at)
    {
        var text = At(at);
        int slot = SlotOf(text);
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (At(_slots[slot] - 1).SequenceEqual(text)) return;
        }
        _slots[slot] = at + 1;
    }

    private int SlotOf(ReadOnlySpan<byte> text)
    {
        HashCode hash = default;
        hash.AddBytes(text);
        return hash.ToHashCode() & (_slots.Length - 1);
    }

    private ReadOnlySpan<byte> At(int at)
    {
        var rest = _bytes.AsSpan(at, Length - at);
        int end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }
}
