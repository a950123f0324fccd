// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Symbols.Demangling;
using Ruche.Trace.Diagnostics;

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
