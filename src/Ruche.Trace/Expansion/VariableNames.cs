// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Expansion;

/// <summary>Names of variables in bodies of macros that are expanded: no script can write them.</summary>
internal static class VariableNames
{
    private const char Separator = '#';

    /// <summary>The name that a variable has in one call of a macro, and nowhere else.</summary>
    public static string Within(MacroCall call, string name) => $"{name}{Separator}{call.Number}";

    /// <summary>The name that the script writes.</summary>
    public static string Written(string name) => name.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;
}
