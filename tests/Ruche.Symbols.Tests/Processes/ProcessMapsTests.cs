// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Symbols.Processes;

namespace Ruche.Symbols.Tests.Processes;

public sealed class ProcessMapsTests
{
    private const string Sample = """
        555555554000-555555556000 r--p 00000000 08:01 4711                       /opt/app
        555555556000-555555558000 r-xp 00002000 08:01 4711                       /opt/app
        555555560000-555555562000 r-xp 00000000 00:00 0 
        7f0000000000-7f0000002000 r-xs 00001000 fe:02 18446744073709551615       /opt/two words\012third (deleted)
        7fff00000000-7fff00002000 r-xp 00000000 00:00 0                          [vdso]

        """;

    [Fact]
    public void Reads_the_ranges_that_hold_code()
    {
        var mappings = ProcessMaps.Parse(Encoding.UTF8.GetBytes(Sample));

        Assert.Equal(
            [
                new(0x555555556000, 0x555555558000, 0x2000, 8UL << 32 | 1, 4711, "/opt/app", false),
                new(0x555555560000, 0x555555562000, 0, 0, 0, "", false),
                new(0x7f0000000000, 0x7f0000002000, 0x1000, 0xfeUL << 32 | 2, ulong.MaxValue, "/opt/two words\nthird", true),
                new ProcessMapping(0x7fff00000000, 0x7fff00002000, 0, 0, 0, "[vdso]", false),
            ],
            mappings);
    }

    [Fact]
    public void Any_bytes_are_read_without_a_fault()
    {
        byte[] sample = Encoding.UTF8.GetBytes(Sample);
        foreach (int seed in FuzzSeeds.Take(1000))
        {
            Random random = new(seed);
            byte[] bytes = sample[..random.Next(sample.Length)];
            for (int i = random.Next(8); i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            Assert.All(ProcessMaps.Parse(bytes), mapping => Assert.True(mapping.Start < mapping.End));
        }
    }

    [Fact]
    public void A_process_that_does_not_exist_has_none() => Assert.Null(ProcessMaps.TryRead("0"));
}
