// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Text;
using Ruche.Symbols.Demangling;

namespace Ruche.Symbols.Files;

/// <summary>Functions by address, in columns: 16 bytes and the name for each. Immutable and thread-safe.</summary>
internal sealed class FunctionTable
{
    // How many functions that start before an address are looked at for one that reaches it: functions seldom lie in one another.
    private const int Nesting = 64;
    private const uint LongestWithoutSize = 64 * 1024;

    // How many names are kept as strings: stacks go through the same functions again and again.
    private const int KeptNames = 4096;

    private readonly ConcurrentDictionary<int, FunctionName> _kept = new();

    private readonly ulong[] _starts;
    private readonly uint[] _sizes;
    private readonly int[] _names;
    private readonly byte[] _text;

    public FunctionTable(ulong[] starts, uint[] sizes, int[] names, byte[] text) =>
        (_starts, _sizes, _names, _text) = (starts, sizes, names, text);

    public static FunctionTable Empty { get; } = new([], [], [], []);

    public int Count => _starts.Length;

    /// <summary>How much memory it takes.</summary>
    public long Bytes => 16L * Count + _text.Length + 200;

    /// <summary>The number of the function that an address lies in, or -1.</summary>
    public int IndexAt(ulong address)
    {
        int index = Array.BinarySearch(_starts, address);
        if (index < 0) index = ~index - 1;
        for (int i = index; i >= 0 && i > index - Nesting; i--)
        {
            ulong offset = address - _starts[i];

            // One that does not say where it ends, ends where the next one starts.
            if (_sizes[i] == 0 ? i == index && offset < LongestWithoutSize : offset < _sizes[i]) return i;
        }

        return -1;
    }

    public ulong StartOf(int index) => _starts[index];

    /// <summary>The name of a function; <paramref name="demangles"/> must be the same at every call.</summary>
    public FunctionName NameOf(int index, bool demangles)
    {
        if (_kept.TryGetValue(index, out var kept)) return kept;
        var rest = _text.AsSpan(_names[index]);
        string linkage = Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]);
        FunctionName name = new(linkage, demangles ? Demangler.Demangle(linkage) : linkage);
        if (_kept.Count >= KeptNames) _kept.Clear();
        _kept[index] = name;
        return name;
    }
}
