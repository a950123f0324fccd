// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ruche.Bpf.Verifier.Logs;

/// <summary>An instruction of a log, as far as an explanation needs it.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Target">The register it writes, or the base of the memory it writes; -1 when none.</param>
/// <param name="Source">The register it reads; -1 when none.</param>
/// <param name="Detail">The called function, the condition, the operation, or the memory accessed.</param>
/// <param name="Offset">How far a jump goes, or where the memory begins.</param>
internal readonly partial record struct LogInstruction(LogInstructionKind Kind, int Target, int Source, string Detail, int Offset)
{
    /// <summary>Reads an instruction as the kernel prints it.</summary>
    public static LogInstruction Read(string text)
    {
        if (text.StartsWith("if ", StringComparison.Ordinal) && Branch().Match(text) is { Success: true } branch)
            return new(LogInstructionKind.Branch, -1, Number(branch.Groups[2]), branch.Groups[1].Value, Number(branch.Groups[3]));
        if (text.StartsWith("call ", StringComparison.Ordinal)) return Called(text["call ".Length..]);
        if (text.StartsWith("exit", StringComparison.Ordinal)) return new(LogInstructionKind.Exit, -1, 0, "", 0);
        if (Move().Match(text) is { Success: true } move) return new(LogInstructionKind.Move, Number(move.Groups[1]), Number(move.Groups[2]), "", 0);
        if (Load().Match(text) is { Success: true } load)
            return new(LogInstructionKind.Load, Number(load.Groups[1]), Number(load.Groups[3]), load.Groups[2].Value, Number(load.Groups[4]));
        if (Store().Match(text) is { Success: true } store)
            return new(LogInstructionKind.Store, Number(store.Groups[2]), store.Groups[4].Success ? Number(store.Groups[4]) : -1, store.Groups[1].Value, Number(store.Groups[3]));
        if (Fetch().Match(text) is { Success: true } fetch)
            return new(LogInstructionKind.Fetch, Number(fetch.Groups[1]), fetch.Groups[2].Success ? Number(fetch.Groups[2]) : -1, text, 0);
        if (PacketLoad().IsMatch(text)) return new(LogInstructionKind.PacketLoad, 0, 6, text, 0);
        if (Constant().Match(text) is { Success: true } constant) return new(LogInstructionKind.Constant, Number(constant.Groups[1]), -1, constant.Groups[2].Value, 0);
        if (Change().Match(text) is { Success: true } change)
            return new(LogInstructionKind.Change, Number(change.Groups[1]), change.Groups[2].Success ? Number(change.Groups[2]) : -1, text, 0);
        return new(LogInstructionKind.Other, -1, -1, text, 0);
    }

    private static LogInstruction Called(string name)
    {
        int end = name.IndexOfAny(['#', ' ']);
        return new(LogInstructionKind.Call, 0, -1, end < 0 ? name : name[..end], 0);
    }

    private static int Number(Group group) => int.TryParse(group.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : -1;

    [GeneratedRegex(@"^if ([rw](\d+) .+?) goto pc([+-]\d+)")]
    private static partial Regex Branch();

    [GeneratedRegex(@"^[rw](\d+) = (?:\([su]\d+\) ?)?[rw](\d+)$")]
    private static partial Regex Move();

    [GeneratedRegex(@"^[rw](\d+) = (\*\(\w+ \*\)\([rw](\d+) ?([+-]\d+)\))$")]
    private static partial Regex Load();

    [GeneratedRegex(@"^(?:lock )?(\*\(\w+ \*\)\(r(\d+) ?([+-]\d+)\)) .*?(?:r(\d+)|-?\w+)$")]
    private static partial Regex Store();

    [GeneratedRegex(@"^[rw](\d+) = (?:atomic|load_acquire|addr_space_cast)[^()]*\((?:\(\w+ \*\)\()?r(\d+)?")]
    private static partial Regex Fetch();

    [GeneratedRegex(@"^r0 = \*\(\w+ \*\)skb\[")]
    private static partial Regex PacketLoad();

    [GeneratedRegex(@"^[rw](\d+) = (-?\d+|0x[0-9a-f]+|func .*|<.*)$")]
    private static partial Regex Constant();

    [GeneratedRegex(@"^[rw](\d+) (?:s?(?:<<|>>|[-+*/%&|^])=|= (?:-|[bl]e\d+ |bswap\d+ |swap\d+ |&)).*?(?:[rw](\d+))?\)?$")]
    private static partial Regex Change();
}
