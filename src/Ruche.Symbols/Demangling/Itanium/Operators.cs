// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

/// <summary>The operators, by the two letters that stand for them.</summary>
internal static class Operators
{
    private static readonly Dictionary<(char, char), (string Text, int Operands)> Table = new()
    {
        [('a', 'N')] = ("&=", 2),
        [('a', 'S')] = ("=", 2),
        [('a', 'a')] = ("&&", 2),
        [('a', 'd')] = ("&", 1),
        [('a', 'n')] = ("&", 2),
        [('a', 't')] = ("alignof ", 1),
        [('a', 'w')] = ("co_await ", 1),
        [('a', 'z')] = ("alignof ", 1),
        [('c', 'c')] = ("const_cast", 2),
        [('c', 'l')] = ("()", 2),
        [('c', 'm')] = (",", 2),
        [('c', 'o')] = ("~", 1),
        [('d', 'V')] = ("/=", 2),
        [('d', 'a')] = ("delete[] ", 1),
        [('d', 'c')] = ("dynamic_cast", 2),
        [('d', 'e')] = ("*", 1),
        [('d', 'l')] = ("delete ", 1),
        [('d', 's')] = (".*", 2),
        [('d', 't')] = (".", 2),
        [('d', 'v')] = ("/", 2),
        [('e', 'O')] = ("^=", 2),
        [('e', 'o')] = ("^", 2),
        [('e', 'q')] = ("==", 2),
        [('g', 'e')] = (">=", 2),
        [('g', 's')] = ("::", 1),
        [('g', 't')] = (">", 2),
        [('i', 'x')] = ("[]", 2),
        [('l', 'S')] = ("<<=", 2),
        [('l', 'e')] = ("<=", 2),
        [('l', 's')] = ("<<", 2),
        [('l', 't')] = ("<", 2),
        [('m', 'I')] = ("-=", 2),
        [('m', 'L')] = ("*=", 2),
        [('m', 'i')] = ("-", 2),
        [('m', 'l')] = ("*", 2),
        [('m', 'm')] = ("--", 1),
        [('n', 'a')] = ("new[]", 3),
        [('n', 'e')] = ("!=", 2),
        [('n', 'g')] = ("-", 1),
        [('n', 't')] = ("!", 1),
        [('n', 'w')] = ("new", 3),
        [('n', 'x')] = ("noexcept", 1),
        [('o', 'R')] = ("|=", 2),
        [('o', 'o')] = ("||", 2),
        [('o', 'r')] = ("|", 2),
        [('p', 'L')] = ("+=", 2),
        [('p', 'l')] = ("+", 2),
        [('p', 'm')] = ("->*", 2),
        [('p', 'p')] = ("++", 1),
        [('p', 's')] = ("+", 1),
        [('p', 't')] = ("->", 2),
        [('q', 'u')] = ("?", 3),
        [('r', 'M')] = ("%=", 2),
        [('r', 'S')] = (">>=", 2),
        [('r', 'c')] = ("reinterpret_cast", 2),
        [('r', 'm')] = ("%", 2),
        [('r', 's')] = (">>", 2),
        [('s', 'Z')] = ("sizeof...", 1),
        [('s', 'c')] = ("static_cast", 2),
        [('s', 's')] = ("<=>", 2),
        [('s', 't')] = ("sizeof ", 1),
        [('s', 'z')] = ("sizeof ", 1),
        [('t', 'e')] = ("typeid ", 1),
        [('t', 'i')] = ("typeid ", 1),
        [('t', 'r')] = ("throw", 0),
        [('t', 'w')] = ("throw ", 1),
    };

    /// <summary>How an operator is written, and how many operands it has.</summary>
    public static bool TryFind(char first, char second, out string text, out int operands)
    {
        bool isFound = Table.TryGetValue((first, second), out var entry);
        (text, operands) = isFound ? entry : ("", 0);
        return isFound;
    }
}
