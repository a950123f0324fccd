// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Compilation;
using Ruche.Bpf.Machine.Compilation.Arm64;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Tests.Instructions;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>What the compiler makes is arm64 code, and not more of it than need be.</summary>
public sealed class CompilationTests
{
    private const int RandomPrograms = 200;

    private static readonly MachineOptions Options = new() { Helpers = GuestRuntime.Helpers, Engine = MachineEngine.Interpreter };

    // Anywhere: the code is not run.
    private static readonly RuntimeEntries Entries = new(0x1234_5678_9ab0, 0x7fff_ffff_f000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Programs_of_the_conformance_suite_become_instructions_all_through(bool isTrusted)
    {
        ConformanceCase.Require();

        IsCode(ConformanceCase.Positive.Select(c => InstructionCodec.Decode(c.Bytecode)), isTrusted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_programs_become_instructions_all_through(bool isTrusted) =>
        IsCode(Enumerable.Range(0, RandomPrograms).Select(seed => new RandomProgram(seed).Generate().ToArray()), isTrusted);

    [Theory]
    [InlineData("r0 = 0\nexit", "mov w7, #0|mov x0, x7|ret")]
    [InlineData("r0 = r1\nr0 += 5\nr0 -= -4096\nexit", "mov x7, x0|add x7, x7, #5|add x7, x7, #1, lsl #12|mov x0, x7|ret")]
    [InlineData("w0 = w1\nw0 &= 255\nw0 ^= 74565\nexit", "mov w7, w0|and w7, w7, #0xff|mov w9, #9029|movk w9, #1, lsl #16|eor w7, w7, w9|mov x0, x7|ret")]
    [InlineData("r0 = 1\nif r1 == 0 goto +1\nr0 = 2\nexit", "mov w7, #1|cbz x0, #8|mov w7, #2|mov x0, x7|ret")]
    [InlineData("r0 = 1\nif w1 s< -7 goto +1\nr0 = 2\nexit", "mov w7, #1|cmn w0, #7|b.lt #8|mov w7, #2|mov x0, x7|ret")]
    [InlineData("r0 = *(u32 *)(r1 + 8)\nr0 /= 8\nr0 %= r2\nexit", "ldr w7, [x0, #8]|lsr x7, x7, #3|udiv x10, x7, x1|msub x7, x10, x1, x7|mov x0, x7|ret")]
    [InlineData(
        "*(u64 *)(r10 - 8) = 0\nr0 = *(s8 *)(r10 - 300)\nexit",
        "str x25, [sp, #-16]!|mov x25, sp|sub sp, sp, #1, lsl #12|stur xzr, [x25, #-8]|mov x9, #-300|ldrsb x7, [x25, x9]|mov sp, x25|mov x0, x7|ldr x25, [sp], #16|ret")]
    [InlineData(
        "r0 = r1\ncall pc+1\nexit\nr6 = 1\nexit",
        "str x30, [sp, #-16]!|mov x7, x0|bl #16|mov x0, x7|ldr x30, [sp], #16|ret|str x19, [sp, #-16]!|mov w19, #1|ldr x19, [sp], #16|ret")]
    public void Trusted_code_is_what_one_would_write(string code, string expected) => Assert.Equal(expected.Split('|'), Disassemble(code, isTrusted: true));

    [Fact]
    public void An_access_costs_two_loads_a_difference_and_a_comparison()
    {
        string[] lines = Disassemble("r0 = *(u16 *)(r1 + 8)\nexit", isTrusted: false);

        int at = Array.IndexOf(lines, "add x9, x0, #8");
        Assert.Equal(
            [$"ldr x10, [x23, #{RunState.LastStartOffset}]", $"ldr x11, [x23, #{RunState.LastLimitsOffset + 8}]", "sub x10, x9, x10", "cmp x10, x11"],
            lines.AsSpan(at + 1, 4).ToArray());
        Assert.StartsWith("b.hs", lines[at + 5], StringComparison.Ordinal);
        Assert.Equal("ldrh w7, [x9]", lines[at + 6]);
    }

    private static void IsCode(IEnumerable<Instruction[]> programs, bool isTrusted)
    {
        byte[] all = [.. programs.SelectMany(program => Compile([.. program], isTrusted))];

        Assert.DoesNotContain(LlvmMc.Disassemble(all), line => line.StartsWith("udf", StringComparison.Ordinal));
    }

    private static string[] Disassemble(string code, bool isTrusted) => LlvmMc.Disassemble(Compile([.. Assembler.Assemble(code)], isTrusted));

    private static byte[] Compile(System.Collections.Immutable.ImmutableArray<Instruction> instructions, bool isTrusted)
    {
        var code = MachineProgram.Load(instructions, Options).Code;
        return Arm64Compiler.Compile(code, CodeLayout.Of(code, handler: null), isTrusted, Entries, out _).ToArray();
    }
}
