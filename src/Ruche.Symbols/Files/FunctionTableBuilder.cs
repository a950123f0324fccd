// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Symbols.Files;

/// <summary>Collects functions, and leaves one name for each address: the best of a file's symbols, or the latest.</summary>
internal sealed class FunctionTableBuilder(bool keepsLatest = false)
{
    private const ushort FirstReserved = 0xff00;
    private const ushort ExtendedSection = 0xffff;

    private readonly List<Entry> _entries = [];
    private byte[] _text = new byte[4096];
    private int _textLength;

    /// <summary>Adds what is a function, or a label in code.</summary>
    public void Add(ElfFile file, ElfSymbolRows rows)
    {
        for (int i = 1; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.Value == 0 || !IsInSection(row.Section)) continue;
            bool isFunction = row.Type is ElfSymbolType.Function or ElfSymbolType.IndirectFunction;
            if (!isFunction && !IsLabel(file, row)) continue;
            var name = WithoutVersion(rows.NameOf(row));
            if (name.IsEmpty || !isFunction && name[0] is (byte)'$' or (byte)'.') continue;
            _entries.Add(new(row.Value, (uint)Math.Min(row.Size, uint.MaxValue), Put(name), Rank(row, isFunction)));
        }
    }

    /// <summary>Adds a function by itself.</summary>
    public void Add(ulong start, uint size, ReadOnlySpan<byte> name) => _entries.Add(new(start, size, Put(name), 0));

    /// <summary>The functions that were added so far. More can be added afterwards, and this be called again.</summary>
    public FunctionTable Build()
    {
        if (_entries.Count == 0) return FunctionTable.Empty;
        var entries = CollectionsMarshal.AsSpan(_entries);
        entries.Sort();
        int count = LeaveOne(entries);
        var starts = new ulong[count];
        var sizes = new uint[count];
        var names = new int[count];
        for (int i = 0; i < count; i++) (starts[i], sizes[i], names[i]) = (entries[i].Start, entries[i].Size, entries[i].Name);
        return new(starts, sizes, names, Compact(names));
    }

    private static bool IsInSection(ushort section) => section is > 0 and (< FirstReserved or ExtendedSection);

    private static bool IsLabel(ElfFile file, ElfSymbolRow row) =>
        row.Type is ElfSymbolType.None && file.Section(row.Section) is { } section && (section.Flags & ElfSectionFlags.Execute) != 0;

    // Linkers write "memcpy@@GLIBC_2.14".
    private static ReadOnlySpan<byte> WithoutVersion(ReadOnlySpan<byte> name)
    {
        int at = name.IndexOf((byte)'@');
        return at > 0 ? name[..at] : name;
    }

    /// <summary>Which of several names for one place is best; lower is better. As perf chooses.</summary>
    private static byte Rank(ElfSymbolRow row, bool isFunction)
    {
        int binding = row.Binding switch { ElfSymbolBinding.Weak => 2, ElfSymbolBinding.Local => 1, _ => 0 };
        return (byte)((row.Size == 0 ? 8 : 0) + (isFunction ? 0 : 4) + binding);
    }

    private int Put(ReadOnlySpan<byte> name)
    {
        if (_textLength + name.Length >= _text.Length) Array.Resize(ref _text, _text.Length * 2 + name.Length);
        int start = _textLength;
        name.CopyTo(_text.AsSpan(start));
        _text[start + name.Length] = 0;
        _textLength += name.Length + 1;
        return start;
    }

    private int LeaveOne(Span<Entry> entries)
    {
        int kept = 0;
        for (int i = 1; i < entries.Length; i++)
        {
            if (entries[i].Start != entries[kept].Start) entries[++kept] = entries[i];
            else if (keepsLatest || IsPlainer(entries[i], entries[kept])) entries[kept] = entries[i];
        }

        return kept + 1;
    }

    private bool IsPlainer(Entry entry, Entry than) => entry.Rank == than.Rank && Underscores(entry.Name) < Underscores(than.Name);

    private int Underscores(int name)
    {
        int end = name;
        while (_text[end] == (byte)'_') end++;
        return end - name;
    }

    /// <summary>Only the names that are left, each moved to its new place.</summary>
    private byte[] Compact(int[] names)
    {
        int length = 0;
        foreach (int name in names) length += LengthAt(name) + 1;
        byte[] compact = new byte[length];
        int used = 0;
        for (int i = 0; i < names.Length; i++)
        {
            int nameLength = LengthAt(names[i]);
            _text.AsSpan(names[i], nameLength).CopyTo(compact.AsSpan(used));
            names[i] = used;
            used += nameLength + 1;
        }

        return compact;
    }

    private int LengthAt(int name) => _text.AsSpan(name).IndexOf((byte)0);

    private readonly record struct Entry(ulong Start, uint Size, int Name, byte Rank) : IComparable<Entry>
    {
        public int CompareTo(Entry other)
        {
            int order = Start.CompareTo(other.Start);
            if (order == 0) order = Rank.CompareTo(other.Rank);
            return order != 0 ? order : Name.CompareTo(other.Name);
        }
    }
}
