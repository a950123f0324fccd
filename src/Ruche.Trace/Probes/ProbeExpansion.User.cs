// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Symbols.Demangling;
using Ruche.Symbols.Dwarf;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Types;

namespace Ruche.Trace.Probes;

/// <content>Places in programs and libraries.</content>
internal sealed partial class ProbeExpansion
{
    private ImmutableArray<ProbeSite> UserProbes()
    {
        if (SplitSource(_parts[0], out string program, out string source)) return StatementsOf(program, source);
        if (_parts.Length > 2 && _parts[1] != "cpp")
            return Error(TraceDiagnostics.BadPlace, 1, $"'{_parts[1]}' is no language of '{Provider}'", $"write {_target.Provider.Usage}");
        if (!SplitOffset(_parts[^1], out string function, out ulong offset)) return BadOffset();
        if (offset != 0 && IsReturn) return Error(TraceDiagnostics.BadPlace, 1, "a return has no offset", $"write {Provider}:{_parts[0]}:{function}");
        try
        {
            ProbeSite[] found = [.. NamePattern.IsWild(_parts[0])
                ? FilePattern.Find(_parts[0]).SelectMany(path => InOneOfMany(path, function, offset))
                : In(UserFiles.Find(_parts[0]), function, offset)];
            return found.Length > 0 ? [.. found] : Missing($"no function matches '{Written}'");
        }
        catch (BpfException e)
        {
            return Missing($"'{_parts[0]}' cannot be probed: {e.Hint ?? e.Message}");
        }
    }

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
        var column = _parts.Length > 2 ? Number(_parts[2]) : 0;
        if (column is null || (column == 0 && _parts.Length > 2)) return Error(TraceDiagnostics.BadPlace, 2, $"'{_parts[2]}' is no column of a line", "write uprobe:/path/to/binary@file.c:42:7");
        try
        {
            string path = UserFiles.Find(program);
            if (ProgramTypes.StatementsOf(path, source) is not { } statements) return Missing($"'{path}' has no debug information", () => "compile it with -g, or install its debug file");
            if (statements.Count == 0) return Missing($"'{path}' has no code of a source '{source}'");
            SourceStatement[] ofLine = [.. Beginnings(statements, (int)line, column != 0)];
            SourceStatement[] found = [.. ofLine.Where(s => column == 0 || (ulong)s.Column == column)];
            if (found.Length > 0) return [.. found.Select(s => s.Address).Distinct().Select(a => new ProbeSite.UserProbe($"{Provider}:{path}@{source}:{string.Join(':', _parts[1..])}", path, null, UserSymbols.OffsetOf(path, a) ?? a, false))];
            return ofLine.Length > 0
                ? Missing($"no statement of line {line} of '{source}' begins at column {column}", () => $"there are some at {string.Join(", ", ofLine.Select(s => s.Column).Distinct().Order())}")
                : Missing($"line {line} of '{source}' has no code", () => Nearest(statements, (int)line));
        }
        catch (BpfException e)
        {
            return Missing($"'{program}' cannot be probed: {e.Hint ?? e.Message}");
        }
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

    /// <summary>Files that a pattern matches need not have the function, nor be programs.</summary>
    private IEnumerable<ProbeSite> InOneOfMany(string path, string function, ulong offset)
    {
        try
        {
            return _parts.Length > 2 || NamePattern.IsWild(function) || UserSymbols.FunctionsOf(path).Contains(function) ? In(path, function, offset) : [];
        }
        catch (BpfException)
        {
            return [];
        }
    }

    private IEnumerable<ProbeSite> In(string path, string function, ulong offset)
    {
        if (_parts.Length > 2)
        {
            NamePattern named = new(function.Trim('"'));
            return [.. UserSymbols.FunctionsOf(path).Where(f => IsCalled(f, named)).Select(f => UserProbe(path, offset == 0 ? f : $"{f}+{offset}", f, offset))];
        }

        if (NamePattern.IsWild(function))
        {
            NamePattern pattern = new(function);
            return [.. UserSymbols.FunctionsOf(path).Where(f => pattern.Matches(f)).Select(f => UserProbe(path, f, f, 0))];
        }

        if (Number(function) is { } address) return [UserProbe(path, $"{address}", null, (UserSymbols.OffsetOf(path, address) ?? address) + offset)];

        // Throws when the file has no such function.
        UserSymbols.OffsetOf(new UserTarget(path, function, offset));
        return [UserProbe(path, offset == 0 ? function : $"{function}+{offset}", function, offset)];
    }

    // As people write it, with or without the types of its arguments.
    private static bool IsCalled(string function, NamePattern named)
    {
        string written = Demangler.Demangle(function);
        int arguments = written.IndexOf('(', StringComparison.Ordinal);
        return written != function && (named.Matches(written) || (arguments > 0 && named.Matches(written.AsSpan(0, arguments))));
    }

    private ProbeSite.UserProbe UserProbe(string path, string place, string? function, ulong offset) =>
        new($"{Provider}:{path}:{place}", path, function, offset, IsReturn);
}
