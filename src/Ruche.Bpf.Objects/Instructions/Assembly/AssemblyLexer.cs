// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>Splits one line into tokens. Comments start with <c>;</c>, <c>//</c> or <c>#</c>.</summary>
internal static class AssemblyLexer
{
    private static readonly string[] LongSymbols =
        ["<<=", ">>=", "==", "!=", ">=", "<=", "+=", "-=", "*=", "/=", "|=", "&=", "%=", "^="];

    public static List<AssemblyToken> Split(string line, int start)
    {
        List<AssemblyToken> tokens = [];
        for (int i = start; i < line.Length;)
        {
            if (IsSpace(line[i]))
            {
                i++;
                continue;
            }

            if (StartsComment(line, i, tokens)) break;
            var token = Next(line, i);
            tokens.Add(token);
            i += token.Length;
        }

        tokens.Add(new(AssemblyTokenKind.End, "", line.Length + 1, 1));
        return tokens;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\v' or '\f';

    private static bool StartsComment(string line, int at, List<AssemblyToken> tokens)
    {
        if (line[at] == ';') return true;
        if (line[at] == '/') return at + 1 < line.Length && line[at + 1] == '/';
        if (line[at] != '#') return false;

        // Verifier logs number the called function: call bpf_map_lookup_elem#1.
        bool isNumberOfCall = tokens.Count > 1 && tokens[0].IsWord("call")
            && !IsSpace(line[at - 1]) && at + 1 < line.Length && (char.IsAsciiDigit(line[at + 1]) || line[at + 1] == '-');
        return !isNumberOfCall;
    }

    private static AssemblyToken Next(string line, int at)
    {
        char c = line[at];
        if (char.IsAsciiDigit(c)) return Run(AssemblyTokenKind.Number, line, at, at);
        if (StartsWord(c)) return Run(AssemblyTokenKind.Word, line, at, at);
        if (c == '%' && at + 1 < line.Length && char.IsAsciiLetter(line[at + 1])) return Run(AssemblyTokenKind.Word, line, at, at + 1);

        foreach (string symbol in LongSymbols)
        {
            if (string.CompareOrdinal(line, at, symbol, 0, symbol.Length) == 0)
                return new(AssemblyTokenKind.Symbol, symbol, at + 1, symbol.Length);
        }

        return new(AssemblyTokenKind.Symbol, c.ToString(), at + 1, 1);
    }

    private static AssemblyToken Run(AssemblyTokenKind kind, string line, int at, int textStart)
    {
        int end = textStart;
        while (end < line.Length && (StartsWord(line[end]) || char.IsAsciiDigit(line[end]))) end++;
        return new(kind, line[textStart..end], at + 1, end - at);
    }

    private static bool StartsWord(char c) => char.IsAsciiLetter(c) || c is '_' or '.' or '$';
}
