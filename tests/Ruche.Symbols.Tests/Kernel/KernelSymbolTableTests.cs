// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Symbols.Kernel;

namespace Ruche.Symbols.Tests.Kernel;

public sealed class KernelSymbolTableTests
{
    private const string Sample = """
        0000000000000000 A fixed_percpu_data
        0000000000002000 A cpu_number
        ffffffff81000000 T _text
        ffffffff81000000 T startup_64
        ffffffff81000100 t do_one
        ffffffff81000200 T do_two
        ffffffff81800000 T _end
        ffffffffc0402000 t late_function	[second]
        ffffffffc0400000 t early_function	[first]
        ffffffffc0400080 t next_function	[first]
        ffffffffc0500000 t bpf_prog_6deef7357e7b4530_count	[bpf]

        """;

    [Theory]
    [InlineData(0xffffffff81000000, "_text", null)]
    [InlineData(0xffffffff81000042, "_text+66", null)]
    [InlineData(0xffffffff810001ff, "do_one+255", null)]
    [InlineData(0xffffffff81000200, "do_two", null)]
    [InlineData(0xffffffffc0400010, "early_function+16", "first")]
    [InlineData(0xffffffffc0400081, "next_function+1", "first")]
    [InlineData(0xffffffffc0402001, "late_function+1", "second")]
    [InlineData(0xffffffffc0500004, "bpf_prog_6deef7357e7b4530_count+4", "bpf")]
    [InlineData(0xffffffffc0450000, "0xffffffffc0450000", null)]
    [InlineData(0xfffffffff0000000, "0xfffffffff0000000", null)]
    [InlineData(0x2004, "0x2004", null)]
    [InlineData(0x7fff12345678, "0x7fff12345678", null)]
    public void Finds_the_symbol_that_an_address_lies_in(ulong address, string expected, string? module)
    {
        var frame = Read(Sample).Find(address);

        Assert.Equal(expected, frame.ToString());
        Assert.Equal(module, frame.Module);
        Assert.Equal(expected.StartsWith("0x", StringComparison.Ordinal) ? FrameKind.Unknown : FrameKind.Kernel, frame.Kind);
    }

    [Theory]
    [InlineData("_text", 0xffffffff81000000)]
    [InlineData("startup_64", 0xffffffff81000000)]
    [InlineData("next_function", 0xffffffffc0400080)]
    [InlineData("cpu_number", 0x2000UL)]
    [InlineData("do_", null)]
    [InlineData("two", null)]
    public void Finds_the_address_of_a_name(string name, ulong? expected) => Assert.Equal(expected, Read(Sample).AddressOf(name));

    [Fact]
    public void Hidden_addresses_are_told_from_missing_names()
    {
        var hidden = Read("0000000000000000 T _text\n0000000000000000 T do_one\n");

        Assert.True(hidden.AreAddressesHidden);
        Assert.Equal(2, hidden.Count);
        Assert.Null(hidden.AddressOf("do_one"));
        Assert.Null(hidden.Find(0xffffffff81000000).Name);
        Assert.False(Read(Sample).AreAddressesHidden);
    }

    [Fact]
    public void Lines_that_are_none_are_passed_over()
    {
        var table = Read("garbage\n\nffffffff81000000\nffffffff81000000 T \nxyz T name\n12345678901234567 T long\nffffffff81000010 T good\nffffffff81000020 t cut");

        Assert.Equal(2, table.Count);
        Assert.Equal("good+1", table.Find(0xffffffff81000011).ToString());
        Assert.Equal("cut", table.Find(0xffffffff81000020).ToString());
    }

    [Fact]
    public void Any_bytes_are_read_without_a_fault()
    {
        byte[] sample = Encoding.UTF8.GetBytes(Sample);
        foreach (int seed in FuzzSeeds.Take(500))
        {
            Random random = new(seed);
            byte[] bytes = sample[..random.Next(sample.Length)];
            for (int i = random.Next(8); i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            var table = KernelSymbolTable.Read(new MemoryStream(bytes));

            foreach (ulong address in (ulong[])[0, 0x2001, 0xffffffff81000042, ulong.MaxValue]) Assert.NotNull(table.Find(address).ToString());
        }
    }

    [Fact]
    public void The_running_kernels_symbols_are_those_of_its_file()
    {
        Assert.SkipUnless(File.Exists("/proc/kallsyms"), "this kernel has no kallsyms");
        var table = KernelSymbolTable.Open();
        Assert.SkipWhen(table.AreAddressesHidden, "kernel addresses are hidden");
        Dictionary<ulong, string> first = [];
        foreach (string line in File.ReadLines("/proc/kallsyms"))
        {
            string[] fields = line.Split(' ', '\t');
            if (fields[1] is not ("A" or "a")) first.TryAdd(ulong.Parse(fields[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), fields[2]);
        }

        Assert.All(first.Where((_, i) => i % 100 == 0), symbol => Assert.Equal(symbol.Value, table.Find(symbol.Key).Name));
        Assert.Equal("_text", table.Find(table.AddressOf("_text")!.Value) is { Offset: 0 } ? "_text" : "");
    }

    private static KernelSymbolTable Read(string text) => KernelSymbolTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
