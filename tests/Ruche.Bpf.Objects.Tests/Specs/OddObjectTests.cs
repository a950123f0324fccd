// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Tests.Specs;

/// <summary>Objects that some loaders refuse to open.</summary>
public sealed class OddObjectTests
{
    [Fact]
    public void An_object_of_nothing_but_text_has_its_functions_as_programs()
    {
        var spec = ObjectSpec.Read(Clang.Compile("static __attribute__((noinline)) int sub(int x) { return x * x; } int entry(int *ctx) { return sub(*ctx); }", "-g0"));

        var program = Assert.Single(spec.Programs);
        Assert.Equal(("entry", ProgramType.Unspec), (program.Name, program.Type));
        Assert.Equal(2, spec.Functions.Count);
        Assert.Contains(ProgramLinker.Link(program, spec).Instructions, i => i.IsLocalCall);
    }

    [Fact]
    public void An_object_without_symbols_has_one_program_per_section()
    {
        var spec = ObjectSpec.Read(Clang.Assemble("""
            .section "socket/filter","ax"
            r0 = 0
            exit
            .section xdp,"ax"
            r0 = 2
            exit
            """));

        Assert.Equal([("socket_filter", ProgramType.SocketFilter), ("xdp", ProgramType.Xdp)], spec.Programs.Select(p => (p.Name, p.Type)));
        Assert.All(spec.Programs, p => Assert.Equal(2, p.Entry.Instructions.Length));
    }

    [Fact]
    public void A_called_place_is_a_function_even_without_a_symbol()
    {
        var spec = ObjectSpec.Read(Clang.Assemble("""
            .section xdp,"ax"
            .globl main
            main:
            .byte 0x85, 0x10, 0, 0, 1, 0, 0, 0
            exit
            r0 = 1
            exit
            """));

        var program = Assert.Single(spec.Programs);
        Assert.Equal(("main", 2), (program.Name, program.Entry.Instructions.Length));
        var linked = ProgramLinker.Link(program, spec);
        Assert.Equal((4, 1), (linked.Instructions.Length, linked.Instructions[0].Immediate));
    }

    [Fact]
    public void Static_programs_alone_in_their_section_are_programs()
    {
        var spec = ObjectSpec.Read(Clang.Compile("__attribute__((section(\"xdp\"), used)) static int lone(void *ctx) { return 2; }"));

        Assert.Equal("lone", Assert.Single(spec.Programs).Name);
    }

    [Fact]
    public void Hidden_functions_are_verified_with_their_callers()
    {
        const string Source = """
            __attribute__((visibility("hidden"), noinline)) int quiet(int x) { return x + 1; }
            __attribute__((section("tc"))) int main_program(int *ctx) { return quiet(*ctx); }
            """;

        var spec = ObjectSpec.Read(Clang.Compile(Source));

        Assert.False(spec.Functions["quiet"].IsGlobal);
        var type = Assert.IsType<Ruche.Bpf.Objects.Btf.BtfType.Function>(spec.Btf![spec.Functions["quiet"].Type]);
        Assert.Equal(Ruche.Bpf.Objects.Btf.BtfLinkage.Static, type.Linkage);
    }

    [Fact]
    public void A_program_brings_the_function_that_handles_its_exceptions()
    {
        const string Source = """
            __attribute__((noinline)) int on_exception(unsigned long cookie) { return cookie != 0; }
            __attribute__((section("tc"), btf_decl_tag("exception_callback:on_exception"))) int main_program(int *ctx) { return 0; }
            """;

        var spec = ObjectSpec.Read(Clang.Compile(Source));

        var linked = ProgramLinker.Link(spec.Programs[0], spec);
        Assert.Equal(["main_program", "on_exception"], linked.Functions.Select(f => spec.Btf!.NameOf(f.Type)));
    }

    [Fact]
    public void Variables_in_a_section_of_their_own_are_data_when_code_uses_them()
    {
        const string Source = """
            __attribute__((section("settings"))) volatile int used = 3;
            __attribute__((section("tc"))) int main_program(void *ctx) { return used; }
            """;

        var spec = ObjectSpec.Read(Clang.Compile(Source));

        Assert.Equal(("settings", DataSectionKind.Data), (spec.Maps[0].Name, spec.Maps[0].DataSection));
    }

    [Fact]
    public void Addresses_in_static_data_are_warned_about()
    {
        const string Source = """
            const char *names[2] = { "bee", "ant" };
            __attribute__((section("tc"))) int main_program(int *ctx) { return names[*ctx & 1][0]; }
            """;

        bool read = ObjectSpec.TryRead(Clang.Compile(Source), "addresses", out _, out var diagnostics);

        Assert.True(read);
        Assert.Equal("RU3308", Assert.Single(diagnostics.Items).Id);
    }

    [Fact]
    public void An_object_for_another_machine_is_refused()
    {
        const string Path = "/usr/lib/x86_64-linux-gnu/crt1.o";
        if (!File.Exists(Path)) Assert.Skip($"needs {Path}");

        ObjectSpec.TryRead(File.ReadAllBytes(Path), "crt1", out _, out var diagnostics);

        Assert.Equal("RU3301", Assert.Single(diagnostics.Items).Id);
    }
}
