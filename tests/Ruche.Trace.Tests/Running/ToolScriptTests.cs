// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Ruche.Trace.Tests.Running;

/// <summary>What the scripts of tools have in common: a head that tells what they do, a page, and cases.</summary>
public sealed partial class ToolScriptTests
{
    private static readonly string[] Tools = [.. Directory.EnumerateFiles(RunCase.Tools, "*.bt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_tool_says_at_its_head_what_it_shows_and_how_it_is_called() => Assert.All(Tools, tool =>
    {
        string[] head = [.. File.ReadLines(Path.Combine(RunCase.Tools, tool + ".bt")).TakeWhile(l => l.StartsWith("//", StringComparison.Ordinal))];

        Assert.Matches($@"^// {tool}: [A-Z].*\.$", head[0]);
        Assert.Equal("//", head[1]);
        Assert.Contains(head, l => l.StartsWith($"//   ruche tool {tool}", StringComparison.Ordinal));
    });

    [Fact]
    public void Every_option_of_a_tool_is_described_once() => Assert.All(Tools, tool =>
    {
        string text = File.ReadAllText(Path.Combine(RunCase.Tools, tool + ".bt"));
        var described = Description().Matches(text).Select(m => m.Groups[1].Value);

        Assert.Equal(Option().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Every_tool_is_read_and_written_back() => Assert.All(Tools, tool =>
    {
        string text = File.ReadAllText(Path.Combine(RunCase.Tools, tool + ".bt"));

        Assert.Equal(TestScripts.Shape(text), TestScripts.Shape(TraceScript.Parse(text, tool).Format()));
    });

    [Fact]
    public void Every_tool_has_cases() => Assert.Equal(Tools, RunCase.ToolFiles);

    [Fact]
    public void Every_tool_has_a_page_that_tells_all_its_options() => Assert.All(Tools, tool =>
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs/tools", tool + ".md"));

        Assert.StartsWith($"# {tool}\n", page, StringComparison.Ordinal);
        Assert.All(Option().Matches(File.ReadAllText(Path.Combine(RunCase.Tools, tool + ".bt"))), m => Assert.Contains($"`--{m.Groups[1].Value}", page, StringComparison.Ordinal));
    });

    [GeneratedRegex("""getopt\("([a-z]+)",""")]
    private static partial Regex Option();

    [GeneratedRegex("""getopt\("([a-z]+)", [^,]+, "[A-Z]""")]
    private static partial Regex Description();
}
