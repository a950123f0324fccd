// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Contexts;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Contexts;

/// <summary>Reads the notation of <see cref="RecordedAnswers"/>.</summary>
internal static class AnswerNotation
{
    private static readonly int[] Sizes = [1, 2, 4, 8];

    /// <summary>The release that was recorded.</summary>
    public static KernelRelease Recorded { get; } = new(6, 18);

    /// <summary>The blocks of a text: what follows "#", and the answer at each byte.</summary>
    public static IEnumerable<(string Heading, string[] Answers)> Blocks(string text)
    {
        foreach (string block in text.Split('#', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] lines = block.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            yield return (lines[0], [.. lines.Skip(1).SelectMany(Repeat)]);
        }
    }

    /// <summary>Every aligned access that begins at a byte.</summary>
    public static IEnumerable<ContextRequest> Requests(ContextRequest first)
    {
        foreach (int size in Sizes.Where(size => first.Offset % size == 0))
        {
            yield return first with { Size = size };
            yield return first with { Size = size, IsWrite = true };
            if (size < 8) yield return first with { Size = size, IsSignExtended = true };
        }
    }

    /// <summary>Our answer in a word: "no", "yes", or the pointer that a read gives.</summary>
    public static string Describe(ContextAnswer answer, in ContextRequest request)
    {
        if (!answer.IsAllowed) return "no";
        if (request.IsWrite || answer.Kind is ValueKind.Scalar) return "yes";
        return answer.Kind + (answer.Flags.HasFlag(ValueFlags.MayBeNull) ? "?" : "");
    }

    /// <summary>The kernel's answer in a word.</summary>
    public static string Expect(string answer, in ContextRequest request)
    {
        char way = request.IsWrite ? 'w' : request.IsSignExtended ? 's' : 'r';
        int start = answer.IndexOf(way, StringComparison.Ordinal);
        if (start < 0) return "no";

        int end = start + 1;
        while (end < answer.Length && char.IsAsciiDigit(answer[end])) end++;
        if (!answer[start..end].Contains((char)('0' + request.Size), StringComparison.Ordinal)) return "no";
        return end < answer.Length && answer[end] == ':' ? answer[(end + 1)..] : "yes";
    }

    private static IEnumerable<string> Repeat(string line)
    {
        string[] words = line.Split(' ');
        int[] range = [.. words[0].Split('-').Select(int.Parse)];
        for (int offset = range[0]; offset <= range[1]; offset++) yield return words[1 + ((offset - range[0]) % (words.Length - 1))];
    }
}
