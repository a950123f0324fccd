// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Objects.Tests.Elf;

public sealed class UsdtTests
{
    private const string Notes = """
        __asm__(".pushsection .note.stapsdt,\"\",\"note\"\n .balign 4\n .4byte 8, 1f-0f, 3\n .asciz \"stapsdt\"\n"
            "0: .8byte 0x1234, 0x1000, 0x2000\n .asciz \"hive\"\n .asciz \"visit\"\n .asciz \"-4@%edi 8@-16(%rbp)\"\n1: .balign 4\n .popsection\n");
        __asm__(".pushsection .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n .space 1\n .popsection\n");
        """;

    [Theory]
    [InlineData("-4@%edi", UsdtArgumentKind.Register, 4, true, 0, 112, 0, 0)]
    [InlineData("8@%r15", UsdtArgumentKind.Register, 8, false, 0, 0, 0, 0)]
    [InlineData("1@%sil", UsdtArgumentKind.Register, 1, false, 0, 104, 0, 0)]
    [InlineData("8@-16(%rbp)", UsdtArgumentKind.Memory, 8, false, -16, 32, 0, 0)]
    [InlineData("-2@(%rsp)", UsdtArgumentKind.Memory, 2, true, 0, 152, 0, 0)]
    [InlineData("4@$7", UsdtArgumentKind.Constant, 4, false, 7, 0, 0, 0)]
    [InlineData("-4@$-9", UsdtArgumentKind.Constant, 4, true, -9, 0, 0, 0)]
    [InlineData("8@$0xffffffffffffffff", UsdtArgumentKind.Constant, 8, false, -1, 0, 0, 0)]
    [InlineData("8@$18446744073709551615", UsdtArgumentKind.Constant, 8, false, -1, 0, 0, 0)]
    [InlineData("8@(%rax,%rbx,4)", UsdtArgumentKind.IndexedMemory, 8, false, 0, 80, 40, 2)]
    [InlineData("8@0x10(%rax,%rbx)", UsdtArgumentKind.IndexedMemory, 8, false, 16, 80, 40, 0)]
    [InlineData("8f@%xmm0", UsdtArgumentKind.Unknown, 8, false, 0, 0, 0, 0)]
    [InlineData("3@%eax", UsdtArgumentKind.Unknown, 8, false, 0, 0, 0, 0)]
    [InlineData("1@%ah", UsdtArgumentKind.Unknown, 1, false, 0, 0, 0, 0)]
    [InlineData("8@counter(%rip)", UsdtArgumentKind.Unknown, 8, false, 0, 0, 0, 0)]
    [InlineData("8@(%rax,%rbx,3)", UsdtArgumentKind.Unknown, 8, false, 0, 0, 0, 0)]
    [InlineData("8@(%rax", UsdtArgumentKind.Unknown, 8, false, 0, 0, 0, 0)]
    [InlineData("nonsense", UsdtArgumentKind.Unknown, 8, false, 0, 0, 0, 0)]
    public void Reads_what_compilers_write_on_x64(
        string text, UsdtArgumentKind kind, int size, bool isSigned, long value, int register, int index, int shift)
    {
        var argument = UsdtArgument.Parse(text, ElfMachine.X64);

        Assert.Equal(new(text, kind, size, isSigned, value, register, index, shift), argument);
    }

    [Theory]
    [InlineData("8@x19", UsdtArgumentKind.Register, 0, 152)]
    [InlineData("-4@w0", UsdtArgumentKind.Register, 0, 0)]
    [InlineData("8@[sp, 24]", UsdtArgumentKind.Memory, 24, 248)]
    [InlineData("8@[x29, -8]", UsdtArgumentKind.Memory, -8, 232)]
    [InlineData("8@[x1]", UsdtArgumentKind.Memory, 0, 8)]
    [InlineData("4@-5", UsdtArgumentKind.Constant, -5, 0)]
    [InlineData("8@x31", UsdtArgumentKind.Unknown, 0, 0)]
    [InlineData("8@[x1, x2]", UsdtArgumentKind.Unknown, 0, 0)]
    public void Reads_what_compilers_write_on_arm64(string text, UsdtArgumentKind kind, long value, int register)
    {
        var argument = UsdtArgument.Parse(text, ElfMachine.Arm64);

        Assert.Equal((kind, value, register), (argument.Kind, argument.Value, argument.Register));
    }

    [Fact]
    public void Blanks_in_brackets_separate_nothing()
    {
        UsdtProbe probe = new("hive", "visit", 0, 0, "8@[sp, 8] -4@w1  4@7");

        Assert.Equal(["8@[sp, 8]", "-4@w1", "4@7"], probe.Decode(ElfMachine.Arm64).Select(a => a.Text));
    }

    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void Addresses_follow_the_base_when_it_was_moved(string target)
    {
        var file = ElfFile.Read(Clang.Compile(Notes, $"--target={target}"));

        var probe = Assert.Single(file.UsdtProbes());

        // The object's base section is at zero, the note says 0x1000.
        Assert.Equal(("hive", "visit", 0x234ul, 0x1000ul), (probe.Provider, probe.Name, probe.Address, probe.Semaphore));
        Assert.Equal("-4@%edi 8@-16(%rbp)", probe.Arguments);
    }

    [Fact]
    public void The_cpp_library_has_trace_points_in_its_code()
    {
        const string Path = "/usr/lib/x86_64-linux-gnu/libstdc++.so.6";
        if (!File.Exists(Path)) Assert.Skip($"needs {Path}");
        var file = ElfFile.Read(File.ReadAllBytes(Path), "libstdc++.so.6");

        var probes = file.UsdtProbes();

        Assert.Contains(probes, p => p is { Provider: "libstdcxx", Name: "throw" });
        Assert.All(probes, p => Assert.True(file.TryGetFileOffset(p.Address, out _)));
        Assert.DoesNotContain(probes.SelectMany(p => p.Decode(file.Machine)), a => a.Kind is UsdtArgumentKind.Unknown);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(26)]
    [InlineData(40)]
    public void A_note_that_ends_too_early_is_reported(uint size)
    {
        byte[] image = [.. Clang.Compile(Notes, "--target=bpfel")]; // a copy: other tests get the same array
        var section = ElfFile.Read(image).Section(".note.stapsdt")!;
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan((int)section.Offset + 4), size);

        var refusal = Assert.Throws<InvalidObjectException>(() => ElfFile.Read(image).UsdtProbes());

        Assert.Contains(refusal.Diagnostics, d => d.Id is "RU3001" or "RU3005");
    }
}
