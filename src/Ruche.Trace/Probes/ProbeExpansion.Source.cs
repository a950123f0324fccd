// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Symbols.Dwarf;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Types;

namespace Ruche.Trace.Probes;

/// <content>Places in programs by the lines of their sources.</content>
internal sealed partial class ProbeExpansion
{
    // A file may be called so as a whole.
    private static bool SplitSource(string text, out string program, out string source)
    {
        int at = text.LastIndexOf('@');
        bool isSplit = at > 0 && at + 1 < text.Length && !File.Exists(text) && !NamePattern.IsWild(text);
        (program, source) = isSplit ? (text[..at], text[(at + 1)..]) : (text, "");
        return isSplit;
    }

    private ImmutableArray<ProbeSite> StatementsOf(string program, string source)
    {
        if (IsReturn) return Error(TraceDiagnostics.BadPlace, 0, "a line has no return", $"write uprobe:{string.Join(':', _parts)}");
        if (Number(_parts[1]) is not (> 0 and <= int.MaxValue and var line)) return Error(TraceDiagnostics.BadPlace, 1, $"'{_parts[1]}' is no line of a source", "write uprobe:/path/to/binary@file.c:42");
        var column = _parts.Length > 2 ? Number(_parts[2]) : null;
        if (_parts.Length > 2 && column is not (> 0 and <= int.MaxValue)) return Error(TraceDiagnostics.BadPlace, 2, $"'{_parts[2]}' is no column of a line", "write uprobe:/path/to/binary@file.c:42:7");
        try
        {
            string path = UserFiles.Find(program);
            if (ProgramTypes.StatementsOf(path, source) is not { } statements) return Missing($"'{path}' has no debug information", () => "compile it with -g, or install its debug file");
            return statements.Count > 0 ? AtLine(path, source, statements, (int)line, (int?)column) : Missing($"'{path}' has no code of a source '{source}'");
        }
        catch (BpfException e)
        {
            return Missing($"'{program}' cannot be probed: {e.Hint ?? e.Message}");
        }
    }

    private ImmutableArray<ProbeSite> AtLine(string path, string source, IReadOnlyList<SourceStatement> statements, int line, int? column)
    {
        SourceStatement[] ofLine = [.. Beginnings(statements, line, column is not null)];
        ulong[] found = [.. ofLine.Where(s => column is null || s.Column == column).Select(s => s.Address).Distinct()];
        string name = $"{Provider}:{path}@{source}:{string.Join(':', _parts[1..])}";
        if (found.Length > 0) return [.. found.Select(address => new ProbeSite.UserProbe(name, path, null, UserSymbols.OffsetOf(path, address) ?? address, IsReturn: false))];
        return ofLine.Length > 0
            ? Missing($"no statement of line {line} of '{source}' begins at column {column}", () => $"there are some at {string.Join(", ", ofLine.Select(s => s.Column).Distinct().Order())}")
            : Missing($"line {line} of '{source}' has no code", () => Nearest(statements, line));
    }

    // Without a column, what follows another piece of the line is not a beginning.
    private static IEnumerable<SourceStatement> Beginnings(IReadOnlyList<SourceStatement> statements, int line, bool hasColumn)
    {
        for (int i = 0; i < statements.Count; i++)
        {
            if (statements[i].Line == line && (hasColumn || i == 0 || statements[i - 1].Line != line)) yield return statements[i];
        }
    }

    private static string Nearest(IReadOnlyList<SourceStatement> statements, int line)
    {
        int before = statements.Select(s => s.Line).Where(l => l < line).DefaultIfEmpty().Max(), behind = statements.Select(s => s.Line).Where(l => l > line).DefaultIfEmpty().Min();
        return (before, behind) switch
        {
            (0, _) => $"the nearest line with code is {behind}",
            (_, 0) => $"the nearest line with code is {before}",
            _ => $"the nearest lines with code are {before} and {behind}",
        };
    }
}
