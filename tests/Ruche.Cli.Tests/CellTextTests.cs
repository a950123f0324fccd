// SPDX-License-Identifier: MIT
using Ruche.Cli.Output;

namespace Ruche.Cli.Tests;

/// <summary>Text as a terminal shows it.</summary>
public sealed class CellTextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("tcp", 3)]
    [InlineData("ruché", 5)]
    [InlineData("e\u0301", 1)] // e and a combining acute accent
    [InlineData("蜂の巣", 6)]
    [InlineData("🐝", 2)]
    [InlineData("a\u200bb", 2)] // a space of no width
    public void Counts_the_cells_that_a_text_takes(string text, int cells) => Assert.Equal(cells, CellText.Width(text));

    [Theory]
    [InlineData("fits", 4, "fits")]
    [InlineData("does not", 6, "does …")]
    [InlineData("蜂の巣", 4, "蜂…")] // the second sign and the mark would need five
    [InlineData("🐝🐝", 3, "🐝…")]
    [InlineData("ab", 1, "…")]
    public void Cuts_what_does_not_fit_and_marks_it(string text, int width, string cut)
    {
        string got = CellText.Cut(text, width);

        Assert.Equal(cut, got);
        Assert.InRange(CellText.Width(got), 0, width);
    }

    [Theory]
    [InlineData("one line", 10, "one line")]
    [InlineData("two words here", 9, "two words|here")]
    [InlineData("a verylongword", 6, "a |veryl…")]
    [InlineData("", 5, "")]
    public void Breaks_lines_between_words(string text, int width, string lines)
    {
        List<string> got = [];

        CellText.Wrap(got, text, width);

        Assert.Equal(lines.Split('|'), got);
    }
}
