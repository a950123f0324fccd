// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ruche.Bpf.Verifier.Logs;

/// <summary>One line of a verifier log, classified.</summary>
internal sealed partial record VerifierLogLine(VerifierLogLineKind Kind, int Slot, string Body)
{
    private static readonly string[] Noise =
    [
        "verification time ", "insns processed ", "Func#", "Live regs before insn", "caller:", "callee:",
        "returning from callee", "to caller at", "Validating ", "mark_precise:", "force_precise:", "last_idx ", "parent state ", "parent didn't",
        "regs=", "cur state:", "old state:", "max_states_per_insn", "propagating ", "processing ", "subprog ", "subprog#", "SCC ", "topo_order[",
        "stack use/def ", "stack=", "arg JOIN ", "insn history:", "CO-RE relocating ", "calling function ", "safe",
    ];

    public static VerifierLogLine Classify(ReadOnlySpan<char> line)
    {
        if (line.IsWhiteSpace()) return new(VerifierLogLineKind.Noise, -1, "");
        if (line[0] == ';') return new(VerifierLogLineKind.Source, -1, line[1..].Trim().ToString());
        if (line.StartsWith("processed ")) return new(VerifierLogLineKind.Statistics, -1, line["processed ".Length..].ToString());
        if (line.StartsWith("from ")) return FromBranch(line);
        if (char.IsAsciiDigit(line[0])) return Numbered(line);
        if (line[0] is ' ' && line.TrimStart().Length > 0 && char.IsAsciiDigit(line.TrimStart()[0])) return new(VerifierLogLineKind.Noise, -1, "");
        if (LooksLikeState(line)) return new(VerifierLogLineKind.State, -1, line.Trim().ToString());
        return new(IsNoise(line) ? VerifierLogLineKind.Noise : VerifierLogLineKind.Message, -1, line.Trim().ToString());
    }

    private static VerifierLogLine FromBranch(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        var state = colon < 0 ? [] : line[(colon + 1)..].Trim();
        return LooksLikeState(state)
            ? new(VerifierLogLineKind.State, -1, state.ToString())
            : new(VerifierLogLineKind.Noise, -1, "");
    }

    /// <summary><c>7: (7b) *(u64 *)(r0 +0) = r6 ; R0=…</c>, <c>0: R1=ctx() R10=fp0</c>, <c>5: safe</c>, or a message that starts with a number.</summary>
    private static VerifierLogLine Numbered(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        if (colon < 0 || !int.TryParse(line[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int slot))
            return new(VerifierLogLineKind.Message, -1, line.Trim().ToString());

        var body = line[(colon + 1)..].Trim();
        if (body.Length >= 4 && body[0] == '(' && body[3] == ')' && char.IsAsciiHexDigit(body[1]) && char.IsAsciiHexDigit(body[2]))
            return new(VerifierLogLineKind.Instruction, slot, body[4..].Trim().ToString());
        if (LooksLikeState(body)) return new(VerifierLogLineKind.State, slot, body.ToString());
        return new(body.IsEmpty || IsNoise(body) ? VerifierLogLineKind.Noise : VerifierLogLineKind.Message, slot, body.ToString());
    }

    /// <summary>Whether a text begins with <c>R1=</c>, <c>R1_w=</c>, <c>fp-8=</c> or <c>frame1:</c>.</summary>
    private static bool LooksLikeState(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        if (text.StartsWith("frame") && text.Length > 6 && char.IsAsciiDigit(text[5])) return text[6] == ':' || text[7] == ':';
        int start = text.StartsWith("R") ? 1 : text.StartsWith("fp-") ? 3 : -1;
        if (start < 0 || start >= text.Length || !char.IsAsciiDigit(text[start])) return false;
        int equals = text.IndexOf('=');
        return equals > 0 && text.IndexOf(' ') is var space && (space < 0 || space > equals);
    }

    private static bool IsNoise(ReadOnlySpan<char> line)
    {
        foreach (string prefix in Noise)
        {
            if (line.StartsWith(prefix)) return true;
        }

        // `frame 0: propagating r1`
        return FunctionStart().IsMatch(line) || StackDepths().IsMatch(line) || (line.StartsWith("frame ") && line.Contains("propagating", StringComparison.Ordinal));
    }

    // Refusals begin with the same words: `func#1 writes 4 stack arg slots, but …`, `stack depth 768 exceeds …`.
    [GeneratedRegex(@"^func#\d+ @\d+$")]
    private static partial Regex FunctionStart();

    [GeneratedRegex(@"^stack depth \d+(\+\d+)*( max \d+)?\s*$")]
    private static partial Regex StackDepths();
}
