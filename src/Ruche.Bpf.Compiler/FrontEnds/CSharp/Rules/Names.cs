// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>What the kernel calls what has a name in C#.</summary>
internal static class Names
{
    /// <summary>A name of C# as C has them: <c>OnEnter</c> is <c>on_enter</c>.</summary>
    public static string SnakeCase(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool startsWord = IsUpper(c) && i > 0 && (IsLower(name[i - 1]) || (i + 1 < name.Length && IsLower(name[i + 1]) && IsLetterOrDigit(name[i - 1])));
            if (startsWord && text[text.Length - 1] != '_') text.Append('_');
            text.Append(IsUpper(c) ? (char)(c + ('a' - 'A')) : IsLetterOrDigit(c) ? c : '_');
        }

        return text.ToString().Trim('_') is { Length: > 0 } plain ? plain : "f";
    }

    private static bool IsUpper(char c) => c is >= 'A' and <= 'Z';

    private static bool IsLower(char c) => c is >= 'a' and <= 'z';

    private static bool IsLetterOrDigit(char c) => IsUpper(c) || IsLower(c) || c is >= '0' and <= '9';
}
