// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Symbols.Kernel;

/// <summary>
/// The kernel's symbols as they are when this is opened: modules and programs that are loaded later are not in it. Thread-safe.
/// </summary>
public sealed class KernelSymbolTable
{
    // kallsyms does not say where a symbol ends. The last one of a module does not reach into the next module, which may be far away.
    private const ulong LongestAtEnd = 64 * 1024;
    private const string Kallsyms = "/proc/kallsyms";

    private readonly ulong[] _addresses;
    private readonly int[] _names;
    private readonly ushort[] _modules;
    private readonly byte[] _types;
    private readonly byte[] _text;
    private readonly List<string> _moduleNames;

    private KernelSymbolTable(KallsymsReader reader, IReadOnlyList<KernelModule> modules)
    {
        (_addresses, _names, _modules, _types, _text) = reader.InOrder();
        _moduleNames = reader.ModuleNames;
        Modules = modules;
    }

    /// <summary>How many symbols there are.</summary>
    public int Count => _addresses.Length;

    /// <summary>Whether the kernel names its symbols but hides where they are (<c>kptr_restrict</c>, or a process without the
    /// capability): then no address is found.</summary>
    public bool AreAddressesHidden => Count == 0 || _addresses[^1] == 0;

    /// <summary>The loaded modules; those that BPF programs and trampolines are said to be in are not among them.</summary>
    public IReadOnlyList<KernelModule> Modules { get; }

    /// <summary>Reads <c>/proc/kallsyms</c>.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static KernelSymbolTable Open()
    {
        using FileStream file = new(Kallsyms, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return new(KallsymsReader.Read(file), ReadModules());
    }

    /// <summary>Reads a copy of <c>/proc/kallsyms</c>. Lines that are none are passed over.</summary>
    public static KernelSymbolTable Read(Stream kallsyms)
    {
        ArgumentNullException.ThrowIfNull(kallsyms);
        return new(KallsymsReader.Read(kallsyms), []);
    }

    /// <summary>The symbol that an address lies in. Of several names for one place the first counts, as in the kernel's own traces.</summary>
    public Frame Find(ulong address)
    {
        int index = IndexAt(address);
        if (index < 0) return new(address);
        string name = NameAt(index);
        return new(address)
        {
            Kind = FrameKind.Kernel,
            Name = name,
            LinkageName = name,
            Offset = address - _addresses[index],
            Module = _modules[index] == 0 ? null : _moduleNames[_modules[index]],
        };
    }

    /// <summary>Where a symbol is; of several with that name, the lowest. Null when there is none or addresses are hidden.</summary>
    public ulong? AddressOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (AreAddressesHidden) return null;

        // All names stand between zeros in one text: a search of a few megabytes is faster than an index is made.
        byte[] wanted = Encoding.UTF8.GetBytes($"\0{name}\0");
        int at = _text.AsSpan().IndexOf(wanted);
        if (at < 0) return null;
        int index = Array.BinarySearch(_names, at + 1);
        return index < 0 ? null : _addresses[index];
    }

    private static List<KernelModule> ReadModules()
    {
        List<KernelModule> modules = [];
        try
        {
            // "name size uses users state address"
            foreach (string line in File.ReadLines("/proc/modules"))
            {
                string[] fields = line.Split(' ');
                if (fields.Length < 6 || !ulong.TryParse(fields[1], CultureInfo.InvariantCulture, out ulong size)) continue;
                string digits = fields[5].Replace("0x", "", StringComparison.Ordinal);
                if (ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong address))
                    modules.Add(new(fields[0], address, size));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A kernel without modules has no such file.
        }

        return modules;
    }

    private int IndexAt(ulong address)
    {
        if (AreAddressesHidden) return -1;
        int index = Array.BinarySearch(_addresses, address);
        if (index < 0) index = ~index - 1;
        if (index < 0) return -1;
        int next = index + 1;
        while (next < Count && _addresses[next] == _addresses[index]) next++;
        while (index > 0 && _addresses[index - 1] == _addresses[index]) index--;

        // Absolute symbols are offsets, such as those of variables that each processor has, and no places.
        if (_types[index] is (byte)'A' or (byte)'a') return -1;
        bool isLast = next == Count || _modules[next] != _modules[index];
        return isLast && address - _addresses[index] >= LongestAtEnd ? -1 : index;
    }

    private string NameAt(int index)
    {
        var rest = _text.AsSpan(_names[index]);
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]);
    }
}
