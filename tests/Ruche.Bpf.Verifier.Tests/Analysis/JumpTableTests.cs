// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Tests.Analysis;

/// <summary>Jumps through a register, which Linux has from 6.19 on. The kernel's selftests say what it says about such programs.</summary>
public sealed class JumpTableTests
{
    private const string OneOfTwo = """
        r1 = *(u32 *)(r1 + 0)
        r1 &= 1
        r1 <<= 3
        r2 = 0x0 ll
        r2 += r1
        r2 = *(u64 *)(r2 + 0)
        gotox r2
        r0 = 0
        exit
        r0 = 1
        exit
        """;

    [Fact]
    public void Every_place_of_the_table_is_looked_at()
    {
        Assert.Null(Explain(OneOfTwo, 8, 10));
        Assert.Equal(VerifierRules.Uninitialized.Id, Explain(OneOfTwo.Replace("r0 = 1", "r6 = r0", StringComparison.Ordinal), 8, 10)?.Rule.Id);
    }

    [Fact]
    public void A_kernel_before_6_19_does_not_have_them()
    {
        var explanation = Explain(OneOfTwo, KernelProfile.Linux618, 8, 10);

        Assert.Equal("maps of type insn_array ('table') are not known before Linux 6.19", explanation?.Detail);
    }

    [Fact]
    public void An_index_stays_within_the_table() =>
        Assert.Equal(VerifierRules.MemoryBounds.Id, Explain(OneOfTwo.Replace("r1 &= 1", "r1 &= 3", StringComparison.Ordinal), 8, 10)?.Rule.Id);

    [Fact]
    public void A_table_leads_to_instructions_of_the_function_only()
    {
        VerifierProgram program = new()
        {
            Name = "main",
            Type = ProgramType.SocketFilter,
            Instructions = [.. Assembler.Assemble("""
                r2 = 0x0 ll
                r2 = *(u64 *)(r2 + 0)
                gotox r2
                call pc+1
                exit
                r0 = 0
                exit
                """)],
            Maps = new Dictionary<int, ProgramMap>
            {
                [0] = new()
                {
                    Spec = new() { Name = "table", Type = MapType.InsnArray, KeySize = 4, ValueSize = 16, MaxEntries = 2 },
                    JumpTargets = [4, 6],
                }
            },
            MapOffsets = new Dictionary<int, int> { [0] = 0 },
        };

        var explanation = ProgramVerifier.Verify(program, new() { Kernel = KernelProfile.Newest }).Explanation;

        Assert.Equal("a jump table leads to instruction 6, which is of another function", explanation?.Detail);
    }

    [Fact]
    public void A_table_that_leads_out_of_its_section_is_not_read() =>
        Assert.Contains("RU3306", Assert.Throws<InvalidObjectException>(() => Explain(OneOfTwo, 8, 12)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_table_may_only_be_read() => Assert.Equal(VerifierRules.ReadOnlyMemory.Id, Explain("""
        r2 = 0x0 ll
        *(u64 *)(r2 + 0) = 1
        r0 = 0
        exit
        """, 3)?.Rule.Id);

    [Fact]
    public void A_number_is_no_place_to_jump_to() => Assert.Equal("the program jumps to R1, which is the number 4", Explain("""
        r2 = 0x0 ll
        r1 = 4
        gotox r1
        r0 = 0
        exit
        """, 4)?.Detail);

    [Fact]
    public void A_place_is_not_calculated_with() => Assert.Equal(VerifierRules.PointerArithmetic.Id, Explain("""
        r2 = 0x0 ll
        r2 = *(u64 *)(r2 + 0)
        r2 += 8
        gotox r2
        r0 = 0
        exit
        """, 5)?.Rule.Id);

    private static Explanation? Explain(string text, params ReadOnlySpan<int> targets) => Explain(text, KernelProfile.Newest, targets);

    // The table is what the wide load of the text loads.
    private static Explanation? Explain(string text, KernelProfile kernel, params ReadOnlySpan<int> targets)
    {
        var code = Assembler.Assemble(text);
        int load = Array.FindIndex(code, x => x.IsWide);
        FunctionSpec entry = new()
        {
            Name = "main",
            Section = "socket",
            Instructions = [.. code],
            References = [new Reference.JumpTable(load, "table", ImmutableArray.Create(targets))],
        };
        ObjectSpec spec = new()
        {
            Name = "jumps",
            ByteOrder = ByteOrder.Little,
            License = "GPL",
            Programs = [new() { Name = "main", Section = "socket", Entry = entry, Type = ProgramType.SocketFilter }],
            Functions = new Dictionary<string, FunctionSpec> { ["main"] = entry },
        };
        // What is written is what is read.
        var read = ObjectSpec.Read(spec.Write());
        return ProgramVerifier.Verify(new ProgramReader(read, kernel: null).Read(read.Programs[0]), new() { Kernel = kernel }).Explanation;
    }
}
