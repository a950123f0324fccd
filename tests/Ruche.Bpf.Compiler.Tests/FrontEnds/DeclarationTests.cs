// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>What C# declares, and what the object says of it: programs with their parameters, maps, variables and types.</summary>
public sealed class DeclarationTests
{
    [Fact]
    public void A_system_call_s_arguments_are_read_out_of_its_own_registers()
    {
        var spec = Compile("""
            [Ksyscall("openat")]
            static int OnOpen(int folder, byte* path, int flags, uint mode) => (int)(mode + (uint)flags);
            """);

        Assert.Equal("ksyscall/openat", spec.Programs.Single().Section);
        string code = Code(spec);
        Assert.Contains("*(u64 *)(r1 + 112)", code, StringComparison.Ordinal);
        Assert.All([96, 56], register => Assert.Contains($" += {register}\n", code, StringComparison.Ordinal));
        var verdict = ProgramVerifier.Verify(new ProgramReader(spec, kernel: null).Read(spec.Programs.Single()), new());
        Assert.True(verdict.IsAccepted, $"{verdict.Explanation?.Detail}\n{code}");
    }

    [Fact]
    public void A_function_s_replacement_has_its_parameters_in_registers()
    {
        var spec = Compile("""
            [Freplace("classify")]
            static int Classify(ref SkBuffContext packet, uint port, ushort kind) => packet.Length > port ? kind : 7;
            """);

        var program = spec.Programs.Single();
        Assert.True(spec.Btf!.TryFind(BtfKind.Function, program.Name, out int id));
        var prototype = (BtfType.FunctionPrototype)spec.Btf[((BtfType.Function)spec.Btf[id]).Prototype];
        Assert.Equal("freplace/classify", program.Section);
        Assert.Equal(3, prototype.Parameters.Length);
        Assert.DoesNotContain("call", Code(spec), StringComparison.Ordinal);
    }

    [Fact]
    public void A_declared_size_that_is_less_leaves_a_flexible_array_out()
    {
        var spec = Compile("""
            [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 8)]
            struct Header
            {
                [System.Runtime.InteropServices.FieldOffset(0)] public uint Kind;
                [System.Runtime.InteropServices.FieldOffset(4)] public uint Count;
                [System.Runtime.InteropServices.FieldOffset(8)] public byte First;
            }

            [BpfMap(MaxEntries = 1)] static readonly BpfArray<Header> Headers;

            [Xdp]
            static int Run(in XdpContext context) => sizeof(Header);
            """);

        Assert.Equal(8, spec.Maps.Single(m => m.Name == "Headers").ValueSize);
        Assert.Contains("r0 = 8", Code(spec), StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_inside_have_flags_of_their_own()
    {
        var spec = Compile("""
            [BpfMap(MaxEntries = 8, InnerMaxEntries = 16, InnerFlags = MapFlags.NoPreallocation)]
            static readonly BpfHashOfMaps<uint, BpfHashMap<uint, ulong>> PerDevice;
            """);

        var map = spec.Maps.Single(m => m.Name == "PerDevice");
        Assert.Equal((0u, 1u, 16u), ((uint)map.Flags, (uint)map.Inner!.Flags, map.Inner.MaxEntries));
    }

    [Theory]
    [InlineData("[Kptr]", "kptr")]
    [InlineData("[Kptr(IsUntrusted = true)]", "kptr_untrusted")]
    [InlineData("[Kptr(IsPerCpu = true)]", "percpu_kptr")]
    public void A_pointer_that_holds_an_object_says_how(string mark, string tag)
    {
        var spec = Compile($$"""
            [KernelType("struct task_struct")] struct task_struct { public int pid; }

            struct Held { {{mark}} public task_struct* Task; }

            [BpfMap(MaxEntries = 1)] static readonly BpfArray<Held> Kept;
            """);

        var value = (BtfType.Composite)spec.Btf![spec.Maps.Single(m => m.Name == "Kept").ValueType];
        var pointer = (BtfType.Pointer)spec.Btf[value.Members.Single().Type];
        Assert.Equal(tag, Assert.IsType<BtfType.TypeTag>(spec.Btf[pointer.Target]).Name);
    }

    [Fact]
    public void A_fraction_has_room_in_a_map_s_value_though_no_program_computes_with_it()
    {
        var spec = Compile("""
            struct Load { public float Share; public double Mean; public uint Count; }

            [BpfMap(MaxEntries = 1)] static readonly BpfArray<Load> Loads;
            """);

        var map = spec.Maps.Single(m => m.Name == "Loads");
        var value = (BtfType.Composite)spec.Btf![map.ValueType];
        Assert.Equal(24, map.ValueSize);
        Assert.Equal([("Share", 0, 4), ("Mean", 64, 8), ("Count", 128, 4)], value.Members.Select(m => (m.Name, m.BitOffset, spec.Btf.SizeOf(m.Type))));
        Assert.Equal("double", Assert.IsType<BtfType.Float>(spec.Btf[value.Members[1].Type]).Name);
    }

    [Fact]
    public void Variables_begin_with_what_is_known_when_compiling()
    {
        var spec = Compile("""
            [System.Runtime.CompilerServices.InlineArray(3)] struct Three { private ushort _first; }

            struct Limits
            {
                public Limits(long least) => (Least, Name) = (least, 7);

                public long Least;
                public byte Name;
            }

            static long Negative = -5;
            static Limits Made = new(9) { Least = 10 };
            static readonly IPv4Address Gateway = IPv4Address.Of(10, 0, 0, 1);
            static int Sum = (int)Made.Least + Squares(4);
            static Three Filled;

            static Declared()
            {
                Filled[1] = 5;
                Filled[2] = (ushort)Sum;
            }

            static int Squares(int count)
            {
                int sum = 0;
                for (int i = 1; i <= count; i++) sum += i * i;
                return sum;
            }
            """);

        Assert.Equal("fbffffffffffffff", Initial(spec, "Negative"));
        Assert.Equal("0a000000000000000700000000000000", Initial(spec, "Made"));
        Assert.Equal("0a000001", Initial(spec, "Gateway"));
        Assert.Equal("28000000", Initial(spec, "Sum"));
        Assert.Equal("000005002800", Initial(spec, "Filled"));
    }

    private static string Initial(ObjectSpec spec, string variable)
    {
        foreach (var map in spec.Maps.Where(m => m.ValueType != 0 && !m.Contents.IsEmpty))
        {
            if (spec.Btf![map.ValueType] is not BtfType.DataSection section) continue;
            foreach (var place in section.Variables.Where(v => spec.Btf[v.Type].Name == variable)) return Convert.ToHexStringLower(map.Contents.AsSpan().Slice(place.Offset, place.Size));
        }

        return "";
    }

    private static ObjectSpec Compile(string members)
    {
        string text = $"[BpfObject]\npublic static unsafe class Declared\n{{\n{members}\n}}\n";
        DiagnosticBag diagnostics = new();
        var modules = CSharpCompiler.Read(CSharpBuild.Build("Declared", "Declared.cs", text), CSharpBuild.References, diagnostics);
        Assert.True(diagnostics.Items.Count == 0, string.Join('\n', diagnostics.Items));
        return BpfCompiler.Compile(Assert.Single(modules));
    }

    private static string Code(ObjectSpec spec) => Disassembler.Format(spec.Programs.Single().Entry.Instructions.AsMemory());
}
