// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Btf;
using Ruche.Symbols.Dwarf;

namespace Ruche.Trace.Types;

/// <summary>
/// Types of programs of this host. What was read of the last program is kept while there is room, since probes with wildcards ask about it again and again.
/// </summary>
internal static class ProgramTypes
{
    private static readonly Lock Gate = new();
    private static (string Path, long Modified, WeakReference<DebugInformation>? Information) _last = ("", 0, null);

    /// <summary>The types at a place: an offset in a function, or in the file when the function is empty. Null when there are none.</summary>
    public static BtfSpec? Read(string path, string function, ulong offset)
    {
        try
        {
            ulong place = function.Length == 0 ? offset : UserSymbols.OffsetOf(new UserTarget(path, function, offset));
            if (UserSymbols.AddressOf(path, place) is not { } address) return null;
            lock (Gate) return InformationOf(path)?.TypesOf(address, function);
        }
        catch (BpfException)
        {
            return null;
        }
    }

    /// <summary>Where statements begin in a source of a program whose path ends as given; null when nothing is told of the program.</summary>
    public static IReadOnlyList<SourceStatement>? StatementsOf(string path, string file)
    {
        lock (Gate) return InformationOf(path)?.StatementsOf(file);
    }

    private static DebugInformation? InformationOf(string path)
    {
        long modified = File.GetLastWriteTimeUtc(path).Ticks;
        bool isSame = _last.Path == path && _last.Modified == modified;
        if (isSame && _last.Information is null) return null;
        if (isSame && _last.Information!.TryGetTarget(out var known)) return known;
        var read = DebugInformation.TryRead(path);
        _last = (path, modified, read is null ? null : new(read));
        return read;
    }
}
