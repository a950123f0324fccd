// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Trace.Tests;

/// <summary>
/// Cases of testdata/syntax: <c>=== what it shows</c>, the input, <c>---</c>, the output. RUCHE_APPROVE=1 rewrites the outputs.
/// </summary>
internal static class SyntaxCases
{
    private const string Head = "=== ";
    private const string Separator = "---\n";

    /// <summary>Fails on the first case of a file whose output is not the committed one.</summary>
    public static void Verify(string file, Func<string, string> run)
    {
        StringBuilder text = new();
        foreach (var (title, input) in Read(file))
        {
            string output = run(input).TrimEnd('\n');
            text.Append($"{Head}{title}\n{input}{Separator}{output}\n\n");
        }

        Approved.Verify(PathOf(file), text.ToString());
    }

    /// <summary>The inputs of all files, for tests that want scripts of every kind.</summary>
    public static IEnumerable<string> Inputs(string file) => Read(file).Select(c => c.Input);

    private static IEnumerable<(string Title, string Input)> Read(string file)
    {
        string text = "\n" + File.ReadAllText(Path.Combine(Repository.Root, PathOf(file)));
        foreach (string part in text.Split($"\n{Head}").Skip(1).Select(p => p + "\n"))
        {
            int line = part.IndexOf('\n', StringComparison.Ordinal) + 1;
            int end = part.IndexOf($"\n{Separator}", StringComparison.Ordinal) + 1;
            yield return (part[..(line - 1)], part[line..(end > 0 ? end : part.Length)].TrimEnd('\n') + "\n");
        }
    }

    private static string PathOf(string file) => $"tests/Ruche.Trace.Tests/testdata/syntax/{file}.case";
}
