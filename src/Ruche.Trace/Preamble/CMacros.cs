// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ruche.Trace.Parsing;

namespace Ruche.Trace.Preamble;

/// <summary>Names that stand for text, as <c>#define</c> gives them. Those that take any number of arguments are known to be defined, and stand for nothing.</summary>
internal sealed class CMacros
{
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CMacro> _calls = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _texts.Keys;

    public bool IsDefined(string name) => _texts.ContainsKey(name);

    /// <summary>What a name stands for, unless that is itself.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out string? text) => _texts.TryGetValue(name, out text) && text is not null && text != name;

    /// <summary>The macro of a name that is called; null when there is none.</summary>
    public CMacro? FindCall(string name) => _calls.GetValueOrDefault(name);

    /// <summary>Takes what stands behind <c>#define</c>: a name, its parameters if it has some, and the text that it stands for. False when there is no name.</summary>
    public bool Define(string line)
    {
        int end = Lexer.WordEnd(line, 0);
        if (end == 0 || !Lexer.StartsWord(line[0])) return false;
        string name = line[..end];
        Undefine(name);
        bool isCalled = end < line.Length && line[end] == '(';
        _texts[name] = isCalled ? null : line[end..].Trim();
        if (isCalled && ReadCall(line[(end + 1)..]) is { } macro) _calls[name] = macro;
        return true;
    }

    public void Undefine(string name)
    {
        _texts.Remove(name);
        _calls.Remove(name);
    }

    private static CMacro? ReadCall(string rest)
    {
        int end = rest.IndexOf(')', StringComparison.Ordinal);
        if (end < 0) return null;
        ImmutableArray<string> names = string.IsNullOrWhiteSpace(rest[..end]) ? [] : [.. rest[..end].Split(',').Select(p => p.Trim())];
        return names.All(n => n.Length > 0 && Lexer.StartsWord(n[0]) && Lexer.WordEnd(n, 0) == n.Length) ? new(names, rest[(end + 1)..].Trim()) : null;
    }
}
