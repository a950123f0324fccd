// SPDX-License-Identifier: MIT
using Ruche.Trace.Parsing;

namespace Ruche.Trace.Tests.Parsing;

public sealed class NumberLiteralTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("1_000_123_000", 1_000_123_000)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("0x10", 16)]
    [InlineData("0XfF", 255)]
    [InlineData("0xffff_ffff", 0xffff_ffff)]
    [InlineData("0xffffffffffffffff", ulong.MaxValue)]
    [InlineData("0123", 83)]
    [InlineData("017_7", 127)]
    [InlineData("00", 0)]
    [InlineData("2e3", 2000)]
    [InlineData("1E6", 1_000_000)]
    [InlineData("1e0", 1)]
    [InlineData("0e9", 0)]
    public void A_number_has_its_value(string text, ulong value) => Assert.Equal(value, NumberLiteral.Read(text).Value);

    [Theory]
    [InlineData("5ns", 5)]
    [InlineData("5us", 5_000)]
    [InlineData("5ms", 5_000_000)]
    [InlineData("5s", 5_000_000_000)]
    [InlineData("1m", 60_000_000_000)]
    [InlineData("1h", 3_600_000_000_000)]
    [InlineData("1d", 86_400_000_000_000)]
    [InlineData("1_000ms", 1_000_000_000)]
    [InlineData("0s", 0)]
    public void A_duration_is_in_nanoseconds(string text, ulong value) => Assert.Equal(value, NumberLiteral.Read(text).Value);

    [Theory]
    [InlineData("u")]
    [InlineData("U")]
    [InlineData("l")]
    [InlineData("L")]
    [InlineData("ul")]
    [InlineData("UL")]
    [InlineData("lu")]
    [InlineData("ll")]
    [InlineData("LL")]
    [InlineData("ULL")]
    [InlineData("llu")]
    public void Suffixes_of_C_change_nothing(string suffix)
    {
        Assert.Equal(123ul, NumberLiteral.Read($"123{suffix}").Value);
        Assert.Equal(0x1ful, NumberLiteral.Read($"0x1f{suffix}").Value);
        Assert.Equal(8ul, NumberLiteral.Read($"010{suffix}").Value);
        Assert.Equal(2000ul, NumberLiteral.Read($"2e3{suffix}").Value);
    }

    [Theory]
    [InlineData("18446744073709551616")]
    [InlineData("0x10000000000000000")]
    [InlineData("02000000000000000000000")]
    [InlineData("1e20")]
    [InlineData("1e999")]
    [InlineData("300000d")]
    public void A_number_of_more_than_64_bits_is_too_large(string text)
    {
        var number = NumberLiteral.Read(text);

        Assert.True(number.IsTooLarge);
        Assert.Null(number.Value);
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("0xg")]
    [InlineData("0x10ms")]
    [InlineData("08")]
    [InlineData("010s")]
    [InlineData("1_")]
    [InlineData("0x_1")]
    [InlineData("12abc")]
    [InlineData("1e")]
    [InlineData("1e-3")]
    [InlineData("1e1_0")]
    [InlineData("1e3s")]
    [InlineData("1e1000")]
    [InlineData("1sec")]
    [InlineData("1lul")]
    public void Anything_else_is_no_number(string text)
    {
        var number = NumberLiteral.Read(text);

        Assert.Null(number.Value);
        Assert.False(number.IsTooLarge);
    }

    [Fact]
    public void Many_digits_take_no_time() => Assert.True(NumberLiteral.Read(new('9', 1_000_000)).IsTooLarge);
}
