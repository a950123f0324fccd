// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Symbols.Kernel;

/// <summary>Takes lines of kallsyms in, in pieces of any length, and puts them in columns.</summary>
internal sealed class KallsymsReader
{
    private const int Expected = 1 << 17;

    private ulong[] _addresses = new ulong[Expected];
    private int[] _names = new int[Expected];
    private ushort[] _modules = new ushort[Expected];
    private byte[] _types = new byte[Expected];
    private byte[] _text = new byte[Expected * 32];
    private byte[] _lastModule = [];
    private ushort _lastModuleNumber;
    private int _count;
    private int _textLength = 1;

    public List<string> ModuleNames { get; } = [""];

    /// <summary>Reads a whole file.</summary>
    public static KallsymsReader Read(Stream file)
    {
        KallsymsReader reader = new();
        byte[] buffer = new byte[1 << 16];
        int held = 0;
        while (true)
        {
            int read = file.Read(buffer, held, buffer.Length - held);
            held += read;
            int used = reader.AddLines(buffer.AsSpan(0, held));
            if (read == 0)
            {
                reader.AddLine(buffer.AsSpan(used, held - used));
                return reader;
            }

            // A line longer than the buffer is none of the kernel's.
            if (used == 0 && held == buffer.Length) used = held;
            buffer.AsSpan(used, held - used).CopyTo(buffer);
            held -= used;
        }
    }

    /// <summary>The columns, by address; names of one address in the order of the file. Each name in the text stands between zeros.</summary>
    public (ulong[] Addresses, int[] Names, ushort[] Modules, byte[] Types, byte[] Text) InOrder()
    {
        if (!IsSorted()) Sort();
        Array.Resize(ref _addresses, _count);
        Array.Resize(ref _names, _count);
        Array.Resize(ref _modules, _count);
        Array.Resize(ref _types, _count);
        Array.Resize(ref _text, _textLength);
        return (_addresses, _names, _modules, _types, _text);
    }

    private int AddLines(ReadOnlySpan<byte> bytes)
    {
        int used = 0;
        while (bytes[used..].IndexOf((byte)'\n') is var length and >= 0)
        {
            AddLine(bytes.Slice(used, length));
            used += length + 1;
        }

        return used;
    }

    // "ffffffff81000000 T name", and for modules a tab and "[module]". What is no such line is passed over.
    private void AddLine(ReadOnlySpan<byte> line)
    {
        int space = line.IndexOf((byte)' ');
        if (space is < 1 or > 16 || space + 3 >= line.Length || !TryHex(line[..space], out ulong address)) return;
        var name = line[(space + 3)..];
        ushort module = 0;
        int tab = name.IndexOf((byte)'\t');
        if (tab >= 0)
        {
            module = ModuleNumber(name[(tab + 1)..].Trim("[] "u8));
            name = name[..tab];
        }

        Add(address, line[space + 1], name, module);
    }

    private void Add(ulong address, byte type, ReadOnlySpan<byte> name, ushort module)
    {
        if (_count == _addresses.Length) Grow();
        if (_textLength + name.Length >= _text.Length) Array.Resize(ref _text, _text.Length * 2 + name.Length);
        _addresses[_count] = address;
        _names[_count] = _textLength;
        _modules[_count] = module;
        _types[_count++] = type;
        name.CopyTo(_text.AsSpan(_textLength));
        _textLength += name.Length + 1;
    }

    private void Grow()
    {
        int size = _count * 2;
        Array.Resize(ref _addresses, size);
        Array.Resize(ref _names, size);
        Array.Resize(ref _modules, size);
        Array.Resize(ref _types, size);
    }

    private ushort ModuleNumber(ReadOnlySpan<byte> name)
    {
        // Symbols of one module follow each other.
        if (name.SequenceEqual(_lastModule)) return _lastModuleNumber;
        _lastModule = name.ToArray();
        return _lastModuleNumber = NewModuleNumber(name);
    }

    private ushort NewModuleNumber(ReadOnlySpan<byte> name)
    {
        string text = Encoding.UTF8.GetString(name);
        int number = ModuleNames.IndexOf(text);
        if (number > 0) return (ushort)number;
        if (ModuleNames.Count == ushort.MaxValue) return 0;
        ModuleNames.Add(text);
        return (ushort)(ModuleNames.Count - 1);
    }

    private bool IsSorted()
    {
        for (int i = 1; i < _count; i++)
        {
            if (_addresses[i] < _addresses[i - 1]) return false;
        }

        return true;
    }

    private void Sort()
    {
        var order = new Place[_count];
        for (int i = 0; i < order.Length; i++) order[i] = new(_addresses[i], i);
        order.AsSpan().Sort();
        KallsymsReader sorted = new()
        {
            _addresses = new ulong[_count],
            _names = new int[_count],
            _modules = new ushort[_count],
            _types = new byte[_count],
            _text = new byte[_textLength],
        };
        foreach ((ulong address, int i) in order)
        {
            // Names lie in the order of the file, each with a zero behind it.
            int end = (i + 1 < _count ? _names[i + 1] : _textLength) - 1;
            sorted.Add(address, _types[i], _text.AsSpan(_names[i]..end), _modules[i]);
        }

        (_addresses, _names, _modules, _types, _text) = (sorted._addresses, sorted._names, sorted._modules, sorted._types, sorted._text);
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            int nibble = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                _ => -1,
            };
            if (nibble < 0) return false;
            value = value << 4 | (uint)nibble;
        }

        return true;
    }

    private readonly record struct Place(ulong Address, int Index) : IComparable<Place>
    {
        public int CompareTo(Place other) => Address != other.Address ? Address.CompareTo(other.Address) : Index.CompareTo(other.Index);
    }
}
