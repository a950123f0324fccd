// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Verifier.Logs;

/// <summary>Reads the verifier's register lists and keeps them in order: registers by number, then stack slots by depth.</summary>
internal sealed class RegisterOrder : IComparer<string>
{
    public static RegisterOrder Instance { get; } = new();

    public int Compare(string? x, string? y) => Rank(x).CompareTo(Rank(y)) is not 0 and var order ? order : string.CompareOrdinal(x, y);

    /// <summary>Splits <c>R1=ctx() R2=scalar(var_off=(0x0; 0xff)) fp-8=mmmm</c> at spaces outside parentheses.</summary>
    public static void ReadInto(IDictionary<string, string> known, ReadOnlySpan<char> state)
    {
        int depth = 0, start = 0;
        for (int i = 0; i <= state.Length; i++)
        {
            char c = i < state.Length ? state[i] : ' ';
            if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or ']' or '}') depth--;
            else if (c == ' ' && (depth <= 0 || i == state.Length))
            {
                Add(known, state[start..i]);
                start = i + 1;
            }
        }
    }

    private static void Add(IDictionary<string, string> known, ReadOnlySpan<char> token)
    {
        int equals = token.IndexOf('=');
        if (equals <= 0) return;
        var name = token[..equals];
        int suffix = name.IndexOf('_');
        if (suffix > 0) name = name[..suffix];
        known[name.ToString()] = token[(equals + 1)..].ToString();
    }

    private static int Rank(string? name)
    {
        if (name is null) return int.MaxValue;
        if (name.StartsWith('R') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int register))
            return register;
        return name.StartsWith("fp-", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out int slot) ? 16 + slot : int.MaxValue;
    }
}
