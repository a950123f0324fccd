// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Tests.Elf;

public sealed class ElfFileTests
{
    private const string Source = """
        static volatile int counter = 7;
        extern int outside(int);
        __attribute__((section("xdp"), used)) int first(void *ctx) { counter++; return 2; }
        __attribute__((section("xdp"), used)) int second(void *ctx) { return outside(3); }
        char _license[] __attribute__((section("license"))) = "GPL";
        """;

    [Theory]
    [InlineData("bpfel", ByteOrder.Little)]
    [InlineData("bpfeb", ByteOrder.Big)]
    public void Reads_sections_symbols_and_relocations_of_either_byte_order(string target, ByteOrder order)
    {
        byte[] image = Clang.Compile(Source, $"--target={target}");

        var file = ElfFile.Read(image);

        Assert.Equal(order, file.ByteOrder);
        Assert.Equal(ElfType.Relocatable, file.Type);
        Assert.Equal(ElfMachine.Bpf, file.Machine);
        var code = file.Section("xdp")!;
        Assert.True(code.IsCode);
        Assert.Equal("GPL\0"u8, file.Contents(file.Section("license")!).Span);
        var second = file.Symbols.Single(s => s.Name == "second");
        Assert.Equal((ElfSymbolType.Function, ElfSymbolBinding.Global, code.Index), (second.Type, second.Binding, second.Section));
        var relocations = file.RelocationsOf(code);
        Assert.Equal(
            [BpfRelocationType.Wide64, BpfRelocationType.Call32], relocations.Select(r => (BpfRelocationType)r.Type).Distinct().Order());
        Assert.Contains(relocations, r => file.Symbols[r.Symbol] is { Name: "outside", IsUndefined: true });
    }

    [Fact]
    public void Reads_an_executable_and_finds_a_symbol_in_the_file()
    {
        const string Path = "/usr/lib/x86_64-linux-gnu/libc.so.6";
        if (!File.Exists(Path)) Assert.Skip($"needs {Path}");
        byte[] image = File.ReadAllBytes(Path);

        var file = ElfFile.Read(image, "libc.so.6");

        Assert.Equal(ElfType.Shared, file.Type);
        Assert.True(file.TryFindSymbol("malloc", out var malloc));
        Assert.Equal(malloc.Value, file.DynamicSymbols.First(s => s.Name == "malloc" && !s.IsUndefined).Value);
        Assert.True(file.TryGetFileOffset(malloc.Value, out ulong offset));
        var section = file.Sections[malloc.Section];
        Assert.Equal(malloc.Value - section.Address + section.Offset, offset);
        Assert.Equal(20, file.BuildId.Length);
    }

    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void Reads_a_file_part_by_part_as_it_reads_one_in_memory(string target)
    {
        byte[] image = Clang.Compile(Source, $"--target={target}");
        CountedParts parts = new(image);
        var whole = ElfFile.Read(image);

        var file = ElfFile.Read(parts);
        var rows = file.SymbolRows(dynamic: false)!;

        Assert.Equal(whole.Sections, file.Sections);
        Assert.Equal(whole.Symbols.Select(s => s.Name), Enumerable.Range(0, rows.Count).Select(i => Encoding.UTF8.GetString(rows.NameOf(rows[i]))));
        Assert.Equal(whole.Symbols.Select(s => (s.Value, s.Size, s.Type)), Enumerable.Range(0, rows.Count).Select(i => (rows[i].Value, rows[i].Size, rows[i].Type)));
        Assert.Null(file.SymbolRows(dynamic: true));
        Assert.True(parts.Longest < image.Length);
    }

    [Fact]
    public void Reads_section_numbers_above_the_reserved_range()
    {
        const int Count = 0x10010;
        string source = string.Concat(Enumerable.Range(0, Count / 2).Select(i => $".section s{i},\"a\"\n.globl v{i}\nv{i}: .byte 1\n.section t{i},\"a\"\n.byte 1\n"));
        byte[] image = Clang.Assemble(source);

        var file = ElfFile.Read(image);

        Assert.True(file.Sections.Length > Count);
        var last = file.Symbols.Single(s => s.Name == $"v{Count / 2 - 1}");
        Assert.Equal($"s{Count / 2 - 1}", file.Sections[last.Section].Name);
    }

    [Fact]
    public void Says_what_is_wrong_with_bytes_that_are_not_elf()
    {
        bool read = ElfFile.TryRead("#!/bin/sh\n"u8.ToArray(), "script", out _, out var diagnostics);

        Assert.False(read);
        Assert.Equal("RU3002", Assert.Single(diagnostics.Items).Id);
    }

    [Fact]
    public void Every_truncation_is_reported_or_harmless()
    {
        byte[] image = Clang.Compile(Source);

        for (int length = 0; length < image.Length; length++)
            Visit(image.AsMemory(0, length));
    }

    [Theory]
    [InlineData(40, ulong.MaxValue)]
    [InlineData(40, 0x7fff_ffff_ffff_ff00)]
    [InlineData(32, ulong.MaxValue)]
    [InlineData(58, 0xffff_ffff_ffff_ffff)]
    public void A_hostile_header_field_is_reported(int offset, ulong value)
    {
        byte[] image = Clang.Compile(Source).ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(54), 56);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(56), 1);
        if (offset == 58) BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(58), (ushort)value);
        else BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(offset), value);

        var thrown = Assert.Throws<InvalidObjectException>(() => ElfFile.Read(image));

        Assert.StartsWith("RU30", Assert.Single(thrown.Diagnostics).Id);
    }

    internal static void Visit(ReadOnlyMemory<byte> image)
    {
        try
        {
            var file = ElfFile.Read(image);
            foreach (var section in file.Sections)
            {
                _ = file.Contents(section);
                _ = file.RelocationsOf(section);
            }

            _ = file.Symbols;
            _ = file.DynamicSymbols;
            _ = file.Notes();
            _ = file.TryFindSymbol("first", out _);
        }
        catch (InvalidObjectException e)
        {
            Assert.NotEmpty(e.Diagnostics);
        }
    }

    private sealed class CountedParts(byte[] image) : ImageBytes
    {
        public int Longest { get; private set; }

        public override long Length => image.Length;

        public override ReadOnlyMemory<byte> Part(long offset, int length)
        {
            Longest = Math.Max(Longest, length);
            return image.AsMemory((int)offset, length);
        }
    }
}
