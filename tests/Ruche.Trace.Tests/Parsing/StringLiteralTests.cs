// SPDX-License-Identifier: MIT
using Ruche.Trace.Parsing;

namespace Ruche.Trace.Tests.Parsing;

public sealed class StringLiteralTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"abc\"", "616263")]
    [InlineData("\"é\"", "c3a9")]
    [InlineData("""
        "\n\t\r\a\b\f\v\e\\\""
        """, "0a090d07080c0b1b5c22")]
    [InlineData("""
        "\0\033[31m\377\1012"
        """, "001b5b33316dff4132")]
    [InlineData("""
        "\x41\x4g\xff1"
        """, "410467ff31")]
    public void A_string_is_bytes(string text, string hex)
    {
        var literal = StringLiteral.Read(text);

        Assert.True(literal.IsClosed);
        Assert.Null(literal.BadEscape);
        Assert.Equal(hex, Convert.ToHexStringLower(literal.Bytes.AsSpan()));
    }

    [Theory]
    [InlineData("\"ab\\q\"", 3)]
    [InlineData("\"\\8\"", 1)]
    [InlineData("\"\\xg\"", 1)]
    [InlineData("\"\\400\"", 1)]
    [InlineData("\"\\n\\q\\p\"", 3)]
    public void The_first_backslash_without_a_meaning_is_found(string text, int at) => Assert.Equal(at, StringLiteral.Read(text).BadEscape);

    [Theory]
    [InlineData("\"")]
    [InlineData("\"abc")]
    [InlineData("\"abc\\\"")]
    [InlineData("\"abc\\")]
    public void A_string_without_its_last_quote_is_open(string text) => Assert.False(StringLiteral.Read(text).IsClosed);
}
