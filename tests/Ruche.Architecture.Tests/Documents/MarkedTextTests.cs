// SPDX-License-Identifier: MIT
namespace Ruche.Architecture.Tests.Documents;

public sealed class MarkedTextTests
{
    private static string? Shout(string kind, string argument) => kind == "shout" ? $"{argument.ToUpperInvariant()}\n" : null;

    [Theory]
    [InlineData("a\n<!-- shout: bee -->\nb\n", "a\n<!-- shout: bee -->\nBEE\n<!-- end -->\nb\n")]
    [InlineData("<!-- shout: bee -->\nold\n\nolder\n<!-- end -->\nb\n", "<!-- shout: bee -->\nBEE\n<!-- end -->\nb\n")]
    [InlineData("<!-- shout: a -->\n<!-- shout: b -->\nold\n<!-- end -->\n", "<!-- shout: a -->\nA\n<!-- end -->\n<!-- shout: b -->\nB\n<!-- end -->\n")]
    [InlineData("<!-- whisper: bee -->\nb\n", "<!-- whisper: bee -->\nb\n")]
    public void Fills_what_is_between_a_marker_and_its_end(string text, string expected)
    {
        string filled = MarkedText.Fill(text, Shout);

        Assert.Equal(expected, filled);
        Assert.Equal(expected, MarkedText.Fill(filled, Shout));
    }
}
