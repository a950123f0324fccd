// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Tests.Running;

/// <summary>What the scripts of tools have in common: a head that tells what they do, a page, and cases.</summary>
public sealed class ToolScriptTests
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
    public void Every_option_of_a_tool_is_described() => Assert.All(Tools, tool => Assert.All(OptionsOf(tool), option => Assert.Matches("^[A-Z]", option.Description)));

    [Fact]
    public void Every_tool_comes_with_the_command() => Assert.Equal(Tools, TraceTools.Names);

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
        Assert.All(OptionsOf(tool), option => Assert.Contains($"`--{option.Name}", page, StringComparison.Ordinal));
    });

    private static IReadOnlyList<ScriptOption> OptionsOf(string tool) => TraceScript.Parse(TraceTools.Find(tool)!.Text, tool).Options;
}
