// SPDX-License-Identifier: MIT
namespace Ruche.Architecture.Tests.Documents;

/// <summary>A sample as a document shows it: without licence line and header comment, fenced in its language.</summary>
internal static class SampleCode
{
    public static string Of(string path)
    {
        var code = File.ReadAllLines(path).SkipWhile(line => line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal));
        string language = Path.GetExtension(path) is ".cs" ? "csharp" : "c";
        return $"```{language}\n{string.Join('\n', code)}\n```\n";
    }
}
