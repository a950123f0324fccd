// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Tests;

/// <summary>
/// One end-to-end case: shell lines and what must come of them. <c>SETUP</c> and <c>CLEANUP</c> lines surround it,
/// <c>WHILE</c> is a shell command kept running beside <c>RUN</c>, <c>EXPECT</c> and <c>EXPECT_ERR</c> are regular
/// expressions that standard output and standard error must match, <c>REJECT</c> one that neither may match.
/// </summary>
public sealed record CommandCase(string Name)
{
    public List<string> Requires { get; } = [];

    public List<string> Setup { get; } = [];

    public List<string> Cleanup { get; } = [];

    public string? Beside { get; private set; }

    public string Run { get; private set; } = "";

    public int Exit { get; private set; }

    public List<string> Expected { get; } = [];

    public List<string> ExpectedErrors { get; } = [];

    public List<string> Rejected { get; } = [];

    /// <summary>The cases of a file. A line <c>NAME …</c> starts each; <c>#</c> starts a comment.</summary>
    public static IEnumerable<CommandCase> ReadFile(string path)
    {
        CommandCase? current = null;
        foreach (string line in File.ReadLines(path))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            (string word, string rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
            if (word is "NAME")
            {
                if (current is not null) yield return current;
                current = new CommandCase(rest);
            }
            else
            {
                (current ?? throw new FormatException($"{path}: '{line}' stands before the first NAME")).Add(word, rest);
            }
        }

        if (current is not null) yield return current;
    }

    private void Add(string word, string rest)
    {
        switch (word)
        {
            case "REQUIRES": Requires.AddRange(rest.Split(' ')); break;
            case "SETUP": Setup.Add(rest); break;
            case "CLEANUP": Cleanup.Add(rest); break;
            case "WHILE": Beside = rest; break;
            case "RUN": Run = rest; break;
            case "EXIT": Exit = int.Parse(rest, System.Globalization.CultureInfo.InvariantCulture); break;
            case "EXPECT": Expected.Add(rest); break;
            case "EXPECT_ERR": ExpectedErrors.Add(rest); break;
            case "REJECT": Rejected.Add(rest); break;
            default: throw new FormatException($"case '{Name}': no such word '{word}'");
        }
    }
}
