// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>What classes and methods of C# are called as objects and programs. Analyzers have this source too.</summary>
internal static class KernelName
{
    /// <summary>A name in snake case: <c>OnTcpConnect</c> is <c>on_tcp_connect</c>.</summary>
    public static string Of(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            if (StartsWord(name, i) && text[text.Length - 1] != '_') text.Append('_');
            text.Append(IsUpper(name[i]) ? char.ToLowerInvariant(name[i]) : IsLower(name[i]) || IsDigit(name[i]) ? name[i] : '_');
        }

        return text.ToString().Trim('_') is { Length: > 0 } plain ? plain : "f";
    }

    private static bool StartsWord(string name, int i) => IsUpper(name[i]) && i > 0
        && (IsLower(name[i - 1]) || (i + 1 < name.Length && IsLower(name[i + 1]) && (IsUpper(name[i - 1]) || IsDigit(name[i - 1]))));

    private static bool IsUpper(char c) => c is >= 'A' and <= 'Z';

    private static bool IsLower(char c) => c is >= 'a' and <= 'z';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
