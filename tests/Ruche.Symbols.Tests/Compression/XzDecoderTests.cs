// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Symbols.Compression;

namespace Ruche.Symbols.Tests.Compression;

public sealed class XzDecoderTests
{
    private const int Longest = 64 << 20;

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string input in (string[])["empty", "text", "zeros", "noise", "code"])
            {
                foreach (string options in (string[])["-6", "-0", "-9e", "--check=none", "--check=sha256", "--block-size=32768", "--lzma2=lc=0,lp=2,pb=0", "--lzma2=lc=1,lp=3,pb=4"])
                    cases.Add(input, options);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gives_back_what_xz_was_given(string input, string options)
    {
        Tool.Require("xz");
        byte[] plain = Input(input);
        byte[] packed = Tool.Run("xz", ["-c", options], plain);

        var unpacked = XzDecoder.Decode(packed, Longest);

        Assert.True(unpacked.Span.SequenceEqual(plain));
    }

    [Fact]
    public void Damaged_data_is_refused_or_decoded_but_never_a_fault()
    {
        Tool.Require("xz");
        byte[] packed = Tool.Run("xz", ["-c"], Input("text"));
        foreach (int seed in FuzzSeeds.Take(2000))
        {
            Random random = new(seed);
            byte[] damaged = packed[..random.Next(1, packed.Length + 1)];
            for (int i = random.Next(4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            try
            {
                Assert.True(XzDecoder.Decode(damaged, Longest).Length <= Longest);
            }
            catch (InvalidDataException)
            {
                // Refused, as it should be.
            }
        }
    }

    [Fact]
    public void More_than_is_allowed_is_refused()
    {
        Tool.Require("xz");
        byte[] packed = Tool.Run("xz", ["-c"], new byte[1 << 20]);

        Assert.Throws<InvalidDataException>(() => XzDecoder.Decode(packed, (1 << 20) - 1));
        Assert.Equal(1 << 20, XzDecoder.Decode(packed, 1 << 20).Length);
    }

    private static byte[] Input(string name)
    {
        byte[] noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        return name switch
        {
            "empty" => [],
            "zeros" => new byte[5_000_000],
            "noise" => noise,
            "code" => File.ReadAllBytes(typeof(XzDecoder).Assembly.Location),
            _ => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"line {i * 7919 % 1000} of {i}"))),
        };
    }
}
