// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Bpf.Words;

/// <summary>A cursor over words such as <c>id 7 key hex 01 02</c>. What does not fit is a usage error.</summary>
internal sealed class CommandWords(IReadOnlyList<string> words, string syntax)
{
    private int _next;

    /// <summary>How the words may be written.</summary>
    public string Syntax => syntax;

    /// <summary>Whether all words have been taken.</summary>
    public bool IsEmpty => _next == words.Count;

    /// <summary>The next word; null at the end.</summary>
    public string? Peek => IsEmpty ? null : words[_next];

    /// <summary>The next word, which must be there.</summary>
    public string Take(string what) => IsEmpty ? throw Refuse($"{what} is missing") : words[_next++];

    /// <summary>Takes the next word if it is this one.</summary>
    public bool TryTake(string word)
    {
        if (Peek != word) return false;
        _next++;
        return true;
    }

    /// <summary>Takes words until one of <paramref name="ends"/> or the last.</summary>
    public List<string> TakeUntil(params ReadOnlySpan<string> ends)
    {
        List<string> taken = [];
        while (!IsEmpty && !ends.Contains(words[_next])) taken.Add(words[_next++]);
        return taken;
    }

    /// <summary>The next word as a number: decimal, or hexadecimal after <c>0x</c>.</summary>
    public uint TakeNumber(string what)
    {
        string word = Take(what);
        return Numbers.TryParse(word, out ulong number) && number <= uint.MaxValue ? (uint)number : throw Refuse($"{what} '{word}' is not a number");
    }

    /// <summary>Nothing more may come.</summary>
    public void End()
    {
        if (!IsEmpty) throw Refuse($"'{words[_next]}' is not expected here");
    }

    /// <summary>A usage error that ends with how it is written.</summary>
    public CommandFailure Refuse(string reason) => new(ExitCode.Usage, $"{reason}; write {syntax}");
}
