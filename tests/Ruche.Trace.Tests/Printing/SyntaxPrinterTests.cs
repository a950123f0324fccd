// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Tests.Printing;

public sealed class SyntaxPrinterTests
{
    [Fact]
    public void Scripts_get_the_canonical_layout() => SyntaxCases.Verify("format", text => TraceScript.Parse(text, TestScripts.Name).Format());

    [Fact]
    public void What_is_written_is_read_as_the_same_tree() => Assert.All(SampleScripts.All, text =>
    {
        string written = TraceScript.Parse(text, TestScripts.Name).Format();

        Assert.Equal(TestScripts.Shape(text), TestScripts.Shape(written));
    });

    [Fact]
    public void Writing_again_changes_nothing() => Assert.All(SampleScripts.All, text =>
    {
        string once = TraceScript.Parse(text, TestScripts.Name).Format();

        Assert.Equal(once, TraceScript.Parse(once, TestScripts.Name).Format());
    });

    [Fact]
    public void No_comment_is_lost() => Assert.All(SampleScripts.All, text =>
    {
        var script = TraceScript.Parse(text, TestScripts.Name);
        var written = TraceScript.Parse(script.Format(), TestScripts.Name);

        Assert.Equal(Comments(script), Comments(written));
    });

    private static string[] Comments(TraceScript script) =>
        [.. script.Tree.Comments.Select(c => script.Source.Slice(c).TrimEnd().Replace("\r\n", "\n", StringComparison.Ordinal))];
}
