// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ruche.Trace.Tests.Running;

/// <summary>
/// One case of testdata/run: <c>=== what it shows</c>, words of <c>::</c> lines, the script, <c>---</c>, and what it prints. The words are
/// <c>json</c>, <c>loud</c>, <c>since RELEASE</c> of the kernel, <c>unsafe</c>, <c>exit N</c>, <c>buffer BYTES</c>, <c>parameters A B…</c>,
/// <c>needs</c> a FILE or one of <see cref="HostNeeds"/>, and
/// <c>beside SCRIPT</c>, another script that runs from before this one is compiled, and
/// <c>does ACTIVITY</c>, one of <see cref="Activities"/>, which happens once all is attached and ends the script; without it the script ends itself. In
/// the script PROGRAM is the path of <see cref="TracedProgram"/>, IMPORTS that of testdata/import,
/// TESTER the number of the process that runs the cases, there and in parameters and what is expected; pins whose names begin with
/// <c>ruche-TESTER</c> are removed behind it. A case of testdata/tools has no script
/// of its own: it runs the tool that its file is named after. Of what is expected, a line that begins with <c>~ </c> is a regular expression for a
/// whole line, <c>...</c> stands for any lines, <c>! </c> is a regular expression that what is said on standard error matches; without one,
/// nothing may be said. Empty lines at the end do not count.
/// </summary>
public sealed record RunCase(string Name)
{
    private const string Head = "=== ";
    private const string Separator = "---";

    public bool IsJson { get; private set; }

    public bool IsLoud { get; private set; }

    public bool IsUnsafe { get; private set; }

    public int Exit { get; private set; }

    public int? EventBytes { get; private set; }

    public string[] Parameters { get; private set; } = [];

    public string? Activity { get; private set; }

    public string? Beside { get; private set; }

    public Version? Since { get; private set; }

    public string[] Needs { get; private set; } = [];

    public string Script { get; private set; } = "";

    /// <summary>The script as it stands in the file.</summary>
    public string Written { get; private set; } = "";

    public string Expected { get; private set; } = "";

    public List<string> ExpectedErrors { get; } = [];

    /// <summary>The folder of tools.</summary>
    public static string Tools => Path.Combine(Repository.Root, "src/Ruche.Trace/Tools");

    /// <summary>The files of cases, by name.</summary>
    public static IEnumerable<string> Files => Names(Folder("run"));

    /// <summary>The files of cases of tools, by name.</summary>
    public static IEnumerable<string> ToolFiles => Names(Folder("tools"));

    /// <summary>Where the files are that cases import.</summary>
    public static string Imports => Path.Combine(Repository.Root, "tests/Ruche.Trace.Tests/testdata/import");

    /// <summary>The cases of a file.</summary>
    public static IEnumerable<RunCase> Read(string file) => Read(Path.Combine(Folder("run"), file + ".case"), script: null);

    /// <summary>The cases of a tool.</summary>
    public static IEnumerable<RunCase> ReadTool(string tool) => Read(Path.Combine(Folder("tools"), tool + ".case"), TraceTools.Find(tool)!.Text);

    private static string Folder(string name) => Path.Combine(Repository.Root, "tests/Ruche.Trace.Tests/testdata", name);

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(folder, "*.case").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    private static IEnumerable<RunCase> Read(string path, string? script)
    {
        string tester = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (string part in $"\n{File.ReadAllText(path)}".Split($"\n{Head}").Skip(1))
        {
            string[] written = part.TrimEnd('\n').Split('\n');
            string[] lines = [.. written.Select(l => l.Replace("TESTER", tester, StringComparison.Ordinal))];
            int body = 1 + lines.Skip(1).TakeWhile(l => l.StartsWith(":: ", StringComparison.Ordinal)).Count();
            int end = Array.IndexOf(lines, Separator);
            RunCase one = new(lines[0]) { Script = script ?? string.Join('\n', lines[body..end]) + "\n", Written = script ?? string.Join('\n', written[body..end]) + "\n" };
            foreach (string line in lines[1..body]) one.Add(line[3..].Split(' ', 2) is [var word, var rest] ? (word, rest) : (line[3..], ""));
            one.ExpectedErrors.AddRange(lines[end..].Where(IsError).Select(l => l[2..]));
            one.Expected = string.Concat(lines[(end + 1)..].Where(l => !IsError(l)).Select(PatternOf));
            yield return one;
        }
    }

    /// <summary>Whether what a script printed is what is expected.</summary>
    public bool Matches(string output) => Regex.IsMatch(output, $@"\A{Expected}\n*\z", RegexOptions.None, TimeSpan.FromSeconds(10));

    private static bool IsError(string line) => line.StartsWith("! ", StringComparison.Ordinal);

    private static string PatternOf(string line) =>
        line == "..." ? "(?:.*\n)*?"
        : line.StartsWith("~ ", StringComparison.Ordinal) ? $"(?:{line[2..]})\n"
        : Regex.Escape(line) + "\n";

    private void Add((string Word, string Value) line)
    {
        switch (line.Word)
        {
            case "json": IsJson = true; break;
            case "loud": IsLoud = true; break;
            case "needs": Needs = line.Value.Split(", "); break;
            case "unsafe": IsUnsafe = true; break;
            case "exit": Exit = int.Parse(line.Value, CultureInfo.InvariantCulture); break;
            case "buffer": EventBytes = int.Parse(line.Value, CultureInfo.InvariantCulture); break;
            case "parameters": Parameters = line.Value.Split(' '); break;
            case "does": Activity = line.Value; break;
            case "beside": Beside = line.Value; break;
            case "since": Since = Version.Parse(line.Value); break;
            default: throw new FormatException($"case '{Name}': no such word '{line.Word}'");
        }
    }
}
