// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Ruche.Trace.Preamble;

/// <summary>Names that stand for text, as <c>#define</c> gives them. Those that take arguments are known to be defined, and stand for nothing.</summary>
internal sealed class CMacros
{
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _texts.Keys;

    public bool IsDefined(string name) => _texts.ContainsKey(name);

    /// <summary>What a name stands for, unless that is itself.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out string? text) => _texts.TryGetValue(name, out text) && text is not null && text != name;

    /// <summary>Takes what stands behind <c>#define</c>: a name, and the text that it stands for. False when there is no name.</summary>
    public bool Define(string line)
    {
        int end = Parsing.Lexer.WordEnd(line, 0);
        if (end == 0 || !Parsing.Lexer.StartsWord(line[0])) return false;
        _texts[line[..end]] = end < line.Length && line[end] == '(' ? null : line[end..].Trim();
        return true;
    }

    public void Undefine(string name) => _texts.Remove(name);
}
