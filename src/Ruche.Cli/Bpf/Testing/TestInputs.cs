// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Machine.Captures;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Testing;

/// <summary>What a program is run on: packets of capture files, bytes of files, bytes in hexadecimal, random bytes.</summary>
internal static class TestInputs
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = "[packets FILE.pcap] [data FILE] [hex DIGITS] [random N [seed N]]";

    private const int ShortestPacket = 14;
    private const int LongestPacket = 1514;

    /// <summary>Reads the words that are left.</summary>
    public static List<TestInput> Take(CommandWords words)
    {
        List<TestInput> inputs = [];
        while (!words.IsEmpty)
        {
            switch (words.Take("a word"))
            {
                case "packets": inputs.AddRange(Packets(words.Take("the capture"))); break;
                case "data":
                    string file = words.Take("the file");
                    inputs.Add(new(file, Read(file)));
                    break;
                case "hex": inputs.Add(new("hex", Hex(words))); break;
                case "random":
                    uint count = words.TakeNumber("how many");
                    inputs.AddRange(Random(count, words.TryTake("seed") ? words.TakeNumber("seed") : 0));
                    break;
                case var word: throw words.Refuse($"'{word}' is not expected here");
            }
        }

        return inputs;
    }

    private static IEnumerable<TestInput> Packets(string file)
    {
        byte[] bytes = Read(file);
        return PacketCapture.Read(bytes, file).Select((packet, number) =>
            new TestInput(string.Create(CultureInfo.InvariantCulture, $"packet {number + 1}"), [.. packet.Bytes]));
    }

    private static byte[] Hex(CommandWords words)
    {
        string digits = words.Take("the digits");
        try
        {
            return Convert.FromHexString(digits.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            throw words.Refuse($"'{digits}' is no even number of hexadecimal digits");
        }
    }

    private static IEnumerable<TestInput> Random(uint count, uint seed)
    {
        System.Random random = new((int)seed);
        for (uint number = 1; number <= count; number++)
        {
            byte[] bytes = new byte[random.Next(ShortestPacket, LongestPacket + 1)];
            random.NextBytes(bytes);
            yield return new(string.Create(CultureInfo.InvariantCulture, $"random {number}"), bytes);
        }
    }

    private static byte[] Read(string file) => File.Exists(file) ? File.ReadAllBytes(file) : throw new CommandFailure(ExitCode.Usage, $"open '{file}': no such file");
}
