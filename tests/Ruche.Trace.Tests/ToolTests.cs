// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Trace.Tests;

/// <summary>The tools that come with bpftrace 0.17, from Debian's package: downloaded once, never committed.</summary>
public sealed class ToolTests
{
    private static readonly Lazy<(string Name, string Text)[]> Tools = new(Collect);

    [Fact]
    public void Every_tool_is_read_and_written_back() => Assert.All(All(), tool =>
    {
        var script = TraceScript.Parse(tool.Text, tool.Name);
        string written = script.Format();

        Assert.Equal(TestScripts.Shape(tool.Text), TestScripts.Shape(written));
        Assert.Equal(written, TraceScript.Parse(written, tool.Name).Format());
    });

    [Fact]
    public void All_of_them_are_there() => Assert.Equal(38, All().Length);

    private static (string Name, string Text)[] All()
    {
        Assert.SkipWhen(Tools.Value.Length == 0, "the Debian package bpftrace could not be downloaded: its 38 tools are not read");
        return Tools.Value;
    }

    private static (string Name, string Text)[] Collect() => DebianPackage.Unpack("bpftrace") is not { } directory
        ? []
        : [.. Directory.EnumerateFiles(Path.Combine(directory, "usr", "sbin"), "*.bt").Order(StringComparer.Ordinal)
            .Select(f => (Path.GetFileName(f), File.ReadAllText(f, Encoding.UTF8)))];
}
