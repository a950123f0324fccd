// SPDX-License-Identifier: MIT
using Ruche.Trace.Parsing;

namespace Ruche.Trace.Tests.Parsing;

public sealed class LexerTests
{
    [Theory]
    [InlineData("a+++b", "a ++ + b")]
    [InlineData("a<<=b>>c", "a <<= b >> c")]
    [InlineData("a->b.c..d", "a -> b . c .. d")]
    [InlineData("$x.0.1", "$x . 0 . 1")]
    [InlineData("0..ncpus", "0 .. ncpus")]
    [InlineData("@@x@[1]", "@ @x @ [ 1 ]")]
    [InlineData("$#$1$x_2", "$# $1 $x_2")]
    [InlineData("a?:b", "a ? : b")]
    [InlineData("a&&&$b", "a && & $b")]
    [InlineData("a/*x*/b//c\nd", "a b d")]
    [InlineData("\"a\\\"b\"c", "\"a\\\"b\" c")]
    [InlineData("\"a\nb", "\"a b")]
    [InlineData("\"a\\\nb", "\"a\\ b")]
    [InlineData("a /* b", "a")]
    public void Text_is_cut_where_the_longest_token_ends(string text, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', Split(text).Select(t => t.Text)));

    [Fact]
    public void A_character_of_two_units_is_one_token()
    {
        var token = Assert.Single(Split("🐝"));

        Assert.Equal((TokenKind.Unknown, 2), (token.Kind, token.Span.Length));
    }

    [Fact]
    public void Half_a_character_is_one_token() => Assert.Equal(TokenKind.Unknown, Assert.Single(Split("\ud83d")).Kind);

    [Fact]
    public void Tokens_know_their_place() =>
        Assert.Equal([new(1, 1), new(3, 2), new(6, 1)], Split(" a == b").Select(t => t.Span));

    private static List<Token> Split(string text)
    {
        List<Token> tokens = [];
        for (var token = Lexer.Read(text, 0); token.Kind is not TokenKind.End; token = Lexer.Read(text, token.Span.End)) tokens.Add(token);
        return tokens;
    }
}
