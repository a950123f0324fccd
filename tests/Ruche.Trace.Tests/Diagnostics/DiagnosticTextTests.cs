// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;

namespace Ruche.Trace.Tests.Diagnostics;

public sealed class DiagnosticTextTests
{
    [Fact]
    public void The_carets_stand_below_the_place_and_notes_below_them() =>
        Assert.Equal("""
            x.bt:2:3: error RU1: no
                bee = 1;
                ^^^
              note: one
              note: two
            """, Render("a\n  bee = 1;\nb", new Location.Text("x.bt", 2, 3, 3), "one", "two"));

    [Fact]
    public void Tabs_stay_tabs_so_that_the_carets_stand_right() =>
        Assert.Equal("x.bt:1:4: error RU1: no\n  \ta\tb\n  \t \t^", Render("\ta\tb", new Location.Text("x.bt", 1, 4)));

    [Fact]
    public void What_would_steer_a_terminal_is_not_shown() =>
        Assert.Equal("x.bt:1:3: error RU1: no\n  a\ufffdb\n    ^", Render("a\eb\r\n", new Location.Text("x.bt", 1, 3)));

    [Fact]
    public void The_end_of_a_line_can_be_pointed_to() =>
        Assert.Equal("x.bt:1:2: error RU1: no\n  a\n   ^", Render("a\nb", new Location.Text("x.bt", 1, 2)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 5)]
    public void A_place_outside_the_text_shows_no_line_that_it_is_not_on(int line, int column)
    {
        string text = Render("abc\nd", new Location.Text("x.bt", line, column));

        Assert.DoesNotContain("abc", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_place_shows_no_line() => Assert.Equal("error RU1: no", Render("abc", Location.Unknown));

    private static string Render(string text, Location where, params string[] notes) =>
        DiagnosticText.Render(new("RU1", Severity.Error, "no", where) { Notes = [.. notes] }, text);
}
