// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;
using Ruche.Symbols.Files;

namespace Ruche.Symbols.Dwarf;

/// <summary>
/// What a compiler wrote about a program's source (DWARF 4 and 5), in the program or in its debug file. Only what is asked for is read, and what
/// contradicts itself is as if it were not there. Not thread-safe.
/// </summary>
public sealed class DebugInformation
{
    private const int LongestPart = 512 << 20;
    private const int MostRounds = 4;

    private readonly DwarfSections _sections;
    private readonly List<DwarfUnit> _units;
    private readonly Dictionary<DwarfUnit, List<DwarfEntry>> _functions = [];
    private readonly Dictionary<DwarfUnit, BtfSpec?> _types = [];

    private DebugInformation(DwarfSections sections, List<DwarfUnit> units) => (_sections, _units) = (sections, units);

    /// <summary>What there is for a file; null when neither the file nor its debug file has any.</summary>
    public static DebugInformation? TryRead(string path, SymbolizerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Try(() =>
        {
            using var handle = RegularFile.TryOpen(path);
            if (handle is null) return null;
            var file = ElfFile.Read(new FileBytes(handle, RandomAccess.GetLength(handle), LongestPart), path);
            var sections = DwarfSections.Of(file);
            if (sections is null) new DebugFiles((options ?? new()).DebugDirectories, LongestPart).TryUse(file, path, [""], debug => sections = DwarfSections.Of(debug));
            return Of(sections);
        });
    }

    /// <summary>What there is in an image of a file; null when there is nothing.</summary>
    public static DebugInformation? TryRead(ReadOnlyMemory<byte> image) => Try(() => Of(DwarfSections.Of(ElfFile.Read(image))));

    /// <summary>
    /// The types of the part of the program that was compiled together with a function, and that part's functions, by what the linker calls them, with
    /// what they take and return. Null when nothing is told.
    /// </summary>
    /// <param name="address">The address of an instruction of the function.</param>
    /// <param name="name">What the linker calls the function; empty when nobody knows.</param>
    public BtfSpec? TypesOf(ulong address, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Try(() => UnitOf(address, name)) is not { } unit) return null;
        if (!_types.TryGetValue(unit, out var types)) _types.Add(unit, types = Try(() => TypesOf(unit)));
        return types;
    }

    /// <summary>
    /// The places where statements begin in a source whose path ends as given, in the order of their addresses; none when there is no such source.
    /// </summary>
    public IReadOnlyList<SourceStatement> StatementsOf(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        List<SourceStatement> found = [];
        foreach (var unit in _units)
        {
            if (Try(() => DwarfLines.Of(unit, _sections, path => EndsWith(path, file)).ToList()) is { } statements) found.AddRange(statements);
        }

        return [.. found.OrderBy(s => s.Address)];
    }

    private static DebugInformation? Of(DwarfSections? sections) =>
        sections is null || DwarfUnit.ReadAll(sections) is not { Count: > 0 } units ? null : new(sections, units);

    private static bool EndsWith(string path, string end) =>
        path == end || (path.EndsWith(end, StringComparison.Ordinal) && (end[0] == '/' || path[^(end.Length + 1)] == '/'));

    private BtfSpec TypesOf(DwarfUnit unit)
    {
        DwarfTypeWriter writer = new(_units);
        writer.AddUnit(unit);
        for (int round = 0; round < MostRounds && writer.IsMissing; round++)
        {
            foreach (var other in _units) writer.AddMissing(other);
        }

        return writer.Build();
    }

    private DwarfUnit? UnitOf(ulong address, string name)
    {
        DwarfUnit? named = null;
        DwarfTypeWriter names = new(_units);
        foreach (var unit in _units)
        {
            if (IsElsewhere(unit.Root, address)) continue;
            foreach (var function in FunctionsOf(unit))
            {
                if (function.Has(DwarfAttribute.LowPc) && !IsElsewhere(function, address)) return unit;

                // One in several pieces is known by its name.
                if (function.Has(DwarfAttribute.Ranges) && name.Length > 0 && names.LinkageNameOf(function) == name) named = unit;
            }
        }

        return named;
    }

    private List<DwarfEntry> FunctionsOf(DwarfUnit unit)
    {
        if (!_functions.TryGetValue(unit, out var functions))
        {
            functions = [.. unit.Below(unit.Root, skips: e => e.Tag is DwarfTag.Subprogram).Select(x => x.Entry).Where(e => e.Tag is DwarfTag.Subprogram)];
            _functions.Add(unit, functions);
        }

        return functions;
    }

    // Of units in several pieces this cannot be told.
    private static bool IsElsewhere(DwarfEntry root, ulong address)
    {
        if (root.Address(DwarfAttribute.LowPc) is not { } start || root.Find(DwarfAttribute.HighPc) is not { } high) return false;
        ulong end = root.Unit.AddressOf(high) ?? unchecked(start + high.Number);
        return address < start || address >= end;
    }

    /// <summary>What a reader of untrusted bytes gives; null when they contradict themselves or cannot be read.</summary>
    private static T? Try<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidObjectException or IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or OverflowException or NotSupportedException)
        {
            return null;
        }
    }
}
