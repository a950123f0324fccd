// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ruche.Bpf.Verifier.Logs;

/// <summary>Takes off what terminals, loaders and log collectors put around the lines of a verifier log.</summary>
internal static partial class LogText
{
    private const string LibbpfBegin = "-- BEGIN PROG LOAD LOG --", LibbpfEnd = "-- END PROG LOAD LOG --";
    private const string OldBegin = "-- BEGIN DUMP LOG ---", OldEnd = "-- END LOG --", AyaBegin = "Verifier output:";

    /// <summary>The lines of the log itself. Of several logs that libbpf printed, those of the last.</summary>
    public static List<string> Lines(string text)
    {
        // A log inside a JSON string is one line.
        if (text.Contains("\\n", StringComparison.Ordinal) && Count(text, "\\n") > Count(text, "\n"))
            text = text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", " ", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);
        List<string> lines = [];
        int end = -1;
        foreach (var range in text.AsSpan().SplitAny('\n', '\r'))
        {
            string line = Plain(text[range]);
            if (line.Contains(LibbpfBegin, StringComparison.Ordinal) || line.Contains(OldBegin, StringComparison.Ordinal))
            {
                lines.Clear();
                end = -1;
            }
            else if (line.Contains(LibbpfEnd, StringComparison.Ordinal) || line.Contains(OldEnd, StringComparison.Ordinal)) end = lines.Count;
            else if (line.IndexOf("processed ", StringComparison.Ordinal) is > 0 and var statistics && line.Contains(" insns (limit ", StringComparison.Ordinal))
            {
                // Some messages come without their line end.
                lines.Add(line[..statistics]);
                lines.Add(line[statistics..]);
            }
            else if (line.Length > 0 && !LiveRegisters().IsMatch(line)) lines.Add(line);
        }

        // What stands behind the end is the loader's talk.
        if (end >= 0) lines.RemoveRange(end, lines.Count - end);
        return lines;
    }

    private static string Plain(string line)
    {
        line = WithoutColour(line);
        int output = line.IndexOf(AyaBegin, StringComparison.Ordinal);
        if (output >= 0) line = line[(output + AyaBegin.Length)..];
        line = line.Trim();
        while (MayBeDecorated(line) && Decoration().Match(line) is { Success: true, Length: > 0 } decoration) line = line[decoration.Length..].TrimStart();
        return line;
    }

    // A colour is "\e[", numbers, and a letter.
    private static string WithoutColour(string line)
    {
        const string Begin = "\e[";
        for (int at = line.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = line.IndexOf(Begin, at, StringComparison.Ordinal))
        {
            int end = at + Begin.Length;
            while (end < line.Length && line[end] is (>= '0' and <= '9') or ';' or '?') end++;
            if (end < line.Length && char.IsAsciiLetter(line[end])) line = line.Remove(at, end + 1 - at);
            else at += Begin.Length;
        }

        return line;
    }

    // Logs run to megabytes; most lines begin as none of the decorations do.
    private static bool MayBeDecorated(string line) =>
        line.Length > 0 && ("[stlbm|>".Contains(line[0], StringComparison.Ordinal) || (line.Length > 7 && (line[2] == ':' || line[4] == '-' || line[3] == ' ')));

    /// <summary>The instruction that a message names, or -1: "the sixth at insn 12".</summary>
    public static int SlotNamedBy(string message)
    {
        const string Begin = "insn ";
        int at = message.IndexOf(Begin, StringComparison.Ordinal);
        if (at < 0 || (at > 0 && char.IsAsciiLetterOrDigit(message[at - 1]))) return -1;
        var number = message.AsSpan(at + Begin.Length);
        if (number.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end) number = number[..end];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int slot) ? slot : -1;
    }

    private static int Count(string text, string what)
    {
        int count = 0;
        for (int at = text.IndexOf(what, StringComparison.Ordinal); at >= 0; at = text.IndexOf(what, at + what.Length, StringComparison.Ordinal)) count++;
        return count;
    }

    [GeneratedRegex(@"^\d+: [.0-9]{10,} \(")]
    private static partial Regex LiveRegisters();

    [GeneratedRegex("""
        ^(?:\[\s*\d+\.\d+\]|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?|\d\d:\d\d:\d\d(?:[.,]\d+)?(?=\s)|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [^:\s]+:|(?:stdout|stderr) [FP]\b|libbpf:|bpftool:|(?:time|level|subsys)=(?:"[^"]*"|\S+)|msg="?|\||>)
        """)]
    private static partial Regex Decoration();
}
