// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.Targets;

/// <summary>What a target lacks is put into other words, or refused.</summary>
public sealed class TargetProfileTests : KernelTest
{
    [Fact]
    public void A_loop_without_a_proven_end_works_where_the_kernel_ends_none()
    {
        const string Text = """
            function @bits(%ctx: ptr.context) -> i64 section "xdp" {
            entry:
              %n = load i32 %ctx + 12
              %some = or %n, 1365
              jump round(%some, i32 0)
            round(%left: i32, %count: i32):
              %more = may_continue
              branch %more, step, done
            step:
              %low = and %left, 1
              %next = lshr %left, 1
              %sum = add %count, %low
              %any = ne %next, 0
              branch %any, round(%next, %sum), done
            done:
              %result = zero_extend %count to i64
              return %result
            }
            """;

        var spec = BpfCompiler.Compile(IrParser.Parse(Text), TargetProfile.Linux66);

        Assert.DoesNotContain(spec.Programs[0].Entry.Instructions, i => i.Opcode == Opcodes.MayGoto);
        using var kernel = BpfObject.Open(spec).Load();
        using var newest = BpfObject.Open(BpfCompiler.Compile(IrParser.Parse(Text))).Load();
        uint count = kernel.Program("bits").Run(new byte[16]).ReturnValue;
        Assert.Equal((5u, count), (count, newest.Program("bits").Run(new byte[16]).ReturnValue));
    }

    [Fact]
    public void A_loop_of_more_rounds_than_can_be_walked_is_called_round_by_round()
    {
        const string Text = """
            function @rounds(%ctx: ptr.context) -> i64 section "xdp" {
            entry:
              %data32 = load i32 %ctx
              %data64 = zero_extend %data32 to i64
              %data = reinterpret %data64 to ptr.packet
              %end32 = load i32 %ctx + 4
              %end64 = zero_extend %end32 to i64
              %end = reinterpret %end64 to ptr.packet_end
              %last = add %data, 8
              %long = ule %last, %end
              branch %long, read, short
            short:
              return i64 0
            read:
              %wanted = load i32 %data
              jump round(i32 0, i64 1)
            round(%i: i32, %sum: i64):
              %more = may_continue
              branch %more, step, never
            step:
              %enough = uge %i, %wanted
              branch %enough, done(%sum), on
            on:
              %letter = load i8 %data + 4
              %wide = zero_extend %letter to i64
              %next = add %sum, %wide
              %i2 = add %i, 1
              store %data + 5, i8 1
              jump round(%i2, %next)
            done(%r: i64):
              return %r
            never:
              return i64 7
            }
            """;
        byte[] packet = [0x40, 0x42, 0x0f, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0];

        var spec = BpfCompiler.Compile(IrParser.Parse(Text), TargetProfile.Linux61);

        Assert.Contains(spec.Programs[0].Entry.Instructions, i => i.IsHelperCall && i.Immediate == (int)HelperId.Loop);
        var verdict = ProgramVerifier.Verify(new ProgramReader(spec, kernel: null).Read(spec.Programs[0]), new() { Kernel = new() { Release = new(6, 1) } });
        Assert.True(verdict.IsAccepted, verdict.Explanation?.Detail);
        using var machine = BpfMachine.Load(spec);
        using var kernel = BpfObject.Open(spec).Load();
        Assert.Equal((2_000_001u, 2_000_001u), (kernel.Program("rounds").Run(packet).ReturnValue, machine.Program("rounds").Run(packet).ReturnValue));

        // Nine million rounds are more than the helper makes.
        packet[2] = 0x89;
        Assert.Equal(7u, kernel.Program("rounds").Run(packet).ReturnValue);
    }

    [Fact]
    public void A_global_function_is_verified_once_however_often_it_is_called()
    {
        var spec = BpfCompiler.Compile(IrParser.Parse(Rounds(isGlobal: true)), TargetProfile.Linux510);
        var same = BpfCompiler.Compile(IrParser.Parse(Rounds(isGlobal: false)), TargetProfile.Linux510);

        Verdict verdict = VerdictOn(spec), other = VerdictOn(same);
        Assert.True(verdict.IsAccepted, verdict.Explanation?.Detail);
        Assert.True(verdict.Statistics.Processed * 2 < other.Statistics.Processed, $"{verdict.Statistics}, {other.Statistics}");
        using var machine = BpfMachine.Load(spec);
        using var kernel = BpfObject.Open(spec).Load();
        Assert.Equal((1200u, 1200u), (kernel.Program("rounds").Run(new byte[16]).ReturnValue, machine.Program("rounds").Run(new byte[16]).ReturnValue));

        static Verdict VerdictOn(ObjectSpec spec) => ProgramVerifier.Verify(new ProgramReader(spec, kernel: null).Read(spec.Programs[0]), new() { Kernel = new() { Release = new(5, 10) } });

        // Called 100 times, and too large to be put in where it is called.
        static string Rounds(bool isGlobal) => $$"""
            function @step(%n: i64) -> i64{{(isGlobal ? " global" : "")}} {
            entry:
            {{string.Concat(Enumerable.Range(1, 12).Select(i => $"  %a{i} = xor {(i > 1 ? $"%b{i - 1}" : "%n")}, {i}\n  %b{i} = mul %a{i}, 3\n"))}}
              %odd = and %b12, 1
              %is = eq %odd, 2
              branch %is, never, end
            never:
              return i64 1
            end:
              return i64 12
            }

            function @rounds(%ctx: ptr.context) -> i64 section "xdp" {
            entry:
              jump round(i64 0, i64 0)
            round(%i: i64, %sum: i64):
              %more = ult %i, 100
              branch %more, on, done
            on:
              %one = local @step(%sum) -> i64
              %next = add %sum, %one
              %i2 = add %i, 1
              jump round(%i2, %next)
            done:
              %again = local @step(%sum) -> i64
              %less = sub %again, 12
              %all = add %sum, %less
              return %all
            }
            """;
    }

    [Fact]
    public void Loops_within_loops_are_called_round_by_round_too()
    {
        const string Text = """
            function @nested(%ctx: ptr.context) -> i64 section "xdp" {
            entry:
              %slot = stack 8 align 8
              store %slot, i64 0
              %n = load i32 %ctx + 12
              %some = or %n, 301
              jump outer(i32 0)
            outer(%i: i32):
              %more = may_continue
              branch %more, on, done
            on:
              %enough = uge %i, %some
              branch %enough, done, begin
            begin:
              jump inner(i32 0)
            inner(%k: i32):
              %more2 = may_continue
              branch %more2, on2, next
            on2:
              %enough2 = uge %k, 300
              branch %enough2, next, add
            add:
              %counted = atomic add %slot, i64 1
              %k2 = add %k, 1
              jump inner(%k2)
            next:
              %i2 = add %i, 1
              jump outer(%i2)
            done:
              %sum = load i64 %slot
              return %sum
            }
            """;

        var spec = BpfCompiler.Compile(IrParser.Parse(Text), TargetProfile.Linux61);

        Assert.Equal(2, spec.Functions.Count);
        using var machine = BpfMachine.Load(spec);
        using var kernel = BpfObject.Open(spec).Load();
        Assert.Equal((90_300u, 90_300u), (kernel.Program("nested").Run(new byte[16]).ReturnValue, machine.Program("nested").Run(new byte[16]).ReturnValue));
    }

    [Fact]
    public void A_sign_is_extended_in_one_instruction_where_there_is_one()
    {
        const string Text = """
            function @f(%ctx: ptr.context) -> i64 section "xdp" {
            entry:
              %n = load i32 %ctx + 12
              %low = truncate %n to i8
              %wide = sign_extend %low to i64
              return %wide
            }
            """;

        string old = Listing(Text, TargetProfile.Linux61), young = Listing(Text, TargetProfile.Linux66);

        Assert.Equal("r0 = *(u32 *)(r1 + 12)\nr0 <<= 56\nr0 s>>= 56\nexit\n", old);
        Assert.Equal("r1 = *(u32 *)(r1 + 12)\nr0 = (s8)r1\nexit\n", young);
    }

    [Theory]
    [InlineData("%a = call bpf_get_current_task_btf() -> i64", "function 'f' calls bpf_get_current_task_btf, which Linux 5.10 does not have")]
    [InlineData("%a = atomic or %n, i64 1", "function 'f' has an atomic operation other than an addition without a result, which Linux 5.10 does not have")]
    public void What_nothing_can_replace_is_refused(string line, string message)
    {
        var module = IrParser.Parse($"function @f(%n: ptr.context) -> i64 section \"xdp\" {{\nentry:\n  {line}\n  return %a\n}}");

        var thrown = Assert.Throws<InvalidObjectException>(() => BpfCompiler.Compile(module, TargetProfile.Linux510));

        var diagnostic = Assert.Single(thrown.Diagnostics);
        Assert.Equal((CompilerDiagnostics.TargetLacks, message), (diagnostic.Id, diagnostic.Message));
    }

    [Fact]
    public void A_map_of_a_kind_the_target_lacks_is_refused()
    {
        var module = IrParser.Parse("map @events ringbuf key 0 value 0 entries 4096\nfunction @f(%n: ptr.context) -> i64 section \"xdp\" {\nentry:\n  return i64 0\n}");

        var thrown = Assert.Throws<InvalidObjectException>(() => BpfCompiler.Compile(module, TargetProfile.Linux510 with { Name = "the target", HasRingBuffer = false }));

        Assert.Equal("map 'events' is a ring buffer, which the target does not have", Assert.Single(thrown.Diagnostics).Message);
    }

    [Fact]
    public void Helpers_are_known_by_release_and_by_what_a_probe_denied()
    {
        Assert.Equal((false, true), (TargetProfile.Linux515.HasLoopHelper, TargetProfile.Linux61.HasLoopHelper));
        Assert.Equal((false, true), (TargetProfile.Linux510.HasForEach, TargetProfile.Linux515.HasForEach));
        Assert.False((TargetProfile.Linux618 with { MissingHelpers = [HelperId.Loop] }).HasLoopHelper);
    }

    [Theory]
    [InlineData("branch %far, end, body")]
    [InlineData("branch %bit, end, body")]
    public void A_branch_over_much_code_takes_a_long_jump(string branch)
    {
        string text = Long(branch);
        byte[] packet = new byte[16];

        var spec = BpfCompiler.Compile(IrParser.Parse(text), TargetProfile.Linux66);

        Assert.Contains(spec.Programs[0].Entry.Instructions, i => i.Opcode == Opcodes.GotoLong);
        using var machine = BpfMachine.Load(spec);
        using var kernel = BpfObject.Open(spec).Load();
        uint value = kernel.Program("far").Run(packet).ReturnValue;
        Assert.Equal(1u, value);
        Assert.Equal(value, machine.Program("far").Run(packet).ReturnValue);
    }

    [Fact]
    public void A_long_jump_is_refused_where_there_is_none()
    {
        var thrown = Assert.Throws<InvalidObjectException>(() => BpfCompiler.Compile(IrParser.Parse(Long("branch %far, end, body")), TargetProfile.Linux61));

        Assert.Equal("function 'far' needs a long jump, which Linux 6.1 does not have", Assert.Single(thrown.Diagnostics).Message);
    }

    private static string Listing(string text, TargetProfile target) =>
        Disassembler.Format(BpfCompiler.Compile(IrParser.Parse(text), target).Programs[0].Entry.Instructions.AsMemory()).TrimEnd('\n') + "\n";

    // Whoever adds to it may keep the slot's address, so that no store is left out. The packet has 16 bytes, so ingress_ifindex is neither more than 1000 nor has it a bit beyond.
    private static string Long(string branch)
    {
        StringBuilder text = new();
        text.Append("function @far(%ctx: ptr.context) -> i64 section \"xdp\" {\nentry:\n  %slot = stack 16 align 8\n  store %slot, i64 1\n");
        text.Append("  store %slot + 8, i64 0\n  %seen = atomic add %slot + 8, i64 1\n");
        text.Append("  %known = call bpf_get_smp_processor_id() -> i64\n  %n = load i32 %ctx + 12\n  %far = ugt %n, 1000\n  %bit = test %n, 4096\n");
        text.Append($"  {branch}\nbody:\n");
        for (int i = 0; i < 33_000; i++) text.Append("  store %slot + 8, i64 ").Append(i).Append('\n');
        text.Append("  %key = load i64 %slot + 8\n  %is = eq %key, 32999\n  %one = zero_extend %is to i64\n  %used = load i8 %slot + 3\n  %wide = zero_extend %used to i64\n  %all = add %one, %wide\n  return %all\nend:\n  return i64 0\n}\n");
        return text.ToString();
    }
}
