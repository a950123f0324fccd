// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Tests.Parsing;

/// <summary>Hostile depth is refused, before it costs anyone a stack.</summary>
public sealed class DepthTests
{
    private const int Many = 100_000;
    private const int SmallStack = 1 << 20;

    public static TheoryData<string, string, string> Nested => new()
    {
        { "(", "1", ")" },
        { "- ", "1", "" },
        { "{", "1", "}" },
        { "@[", "1", "]" },
        { "f(", "1", ")" },
        { "(int8)", "1", "" },
        { "(a[", "1", "])" },
        { "1 ? ", "1", " : 1" },
        { "1 ? 1 : ", "1", "" },
        { "if 1 { } else ", "{ }", "" },
        { "1 + ", "1", "" },
        { "", "$x", ".y" },
        { "", "$x", "[0]" },
        { "comptime ", "1", "" },
        { "sizeof(", "1", ")" },
        { "sizeof(typeof(", "1", "))" },
        { "(a=", "1", ")" },
    };

    [Theory]
    [MemberData(nameof(Nested))]
    public void Nesting_without_end_is_refused(string open, string middle, string close)
    {
        string text = $"begin {{ $x = {Repeat(open, Many)}{middle}{Repeat(close, Many)}; }}";
        DiagnosticBag diagnostics = new();

        Assert.False(TraceScript.TryParse(text, "deep.bt", diagnostics, out _));
        Assert.Equal("RU6010", diagnostics.Items[0].Id);
    }

    [Theory]
    [MemberData(nameof(Nested))]
    public void Nesting_as_people_may_write_it_is_read_and_written_back(string open, string middle, string close)
    {
        var script = TraceScript.Parse($"begin {{ $x = {Repeat(open, 60)}{middle}{Repeat(close, 60)}; }}", "deep.bt");

        Assert.Equal(TestScripts.Shape(script.Text), TestScripts.Shape(script.Format()));
    }

    [Theory]
    [MemberData(nameof(Nested))]
    public void The_deepest_that_is_read_fits_a_small_stack(string open, string middle, string close)
    {
        int depth = 0;
        Thread reader = new(() => depth = DeepestRead(open, middle, close), SmallStack);

        reader.Start();
        reader.Join();

        Assert.InRange(depth, 90, 400);
    }

    private static int DeepestRead(string open, string middle, string close)
    {
        for (int depth = 420; depth > 0; depth -= 10)
        {
            string text = $"begin {{ $x = {Repeat(open, depth)}{middle}{Repeat(close, depth)}; }}";
            if (!TraceScript.TryParse(text, "deep.bt", new(), out var script)) continue;
            Assert.NotEmpty(script.DumpTree());
            Assert.NotEmpty(script.Format());
            return depth;
        }

        return 0;
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
