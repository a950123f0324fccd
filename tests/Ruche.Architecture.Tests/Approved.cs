// SPDX-License-Identifier: MIT
namespace Ruche.Architecture.Tests;

/// <summary>Texts that are generated and committed: a test compares them, and <c>eng/docs</c> rewrites them.</summary>
internal static class Approved
{
    /// <summary>Fails, showing the first line that differs, unless the committed file holds this text.</summary>
    public static void Verify(string path, string text)
    {
        string file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("RUCHE_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        string committed = File.Exists(file) ? File.ReadAllText(file) : "";
        if (committed != text) Assert.Fail($"{path} is out of date; run eng/docs\n{FirstDifference(committed, text)}");
    }

    private static string FirstDifference(string committed, string text)
    {
        string[] old = committed.Split('\n');
        string[] now = text.Split('\n');
        int line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line]) line++;
        return $"line {line + 1}\n- {old.ElementAtOrDefault(line)}\n+ {now.ElementAtOrDefault(line)}";
    }
}
