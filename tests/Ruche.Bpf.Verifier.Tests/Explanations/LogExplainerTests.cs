// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Explanations;

namespace Ruche.Bpf.Verifier.Tests.Explanations;

public sealed class LogExplainerTests
{
    private const string NullPointer = """
        0: R1=ctx() R10=fp0
        ; __u32 key = 1; @ bad.bpf.c:4
        0: (b7) r6 = 1                        ; R6=1
        1: (63) *(u32 *)(r10 -4) = r6         ; R6=1 R10=fp0 fp-8=mmmm????
        2: (bf) r2 = r10                      ; R2=fp0 R10=fp0
        3: (07) r2 += -4                      ; R2=fp-4
        ; long *v = bpf_map_lookup_elem(&m, &key); @ bad.bpf.c:5
        4: (18) r1 = 0xffff888104400c00       ; R1=map_ptr(map=m,ks=4,vs=8)
        6: (85) call bpf_map_lookup_elem#1    ; R0=map_value_or_null(id=1,map=m,ks=4,vs=8)
        7: (bf) r7 = r0                       ; R7=map_value_or_null(id=1,map=m,ks=4,vs=8)
        ; if (key > 2) @ bad.bpf.c:6
        8: (25) if r6 > 0x2 goto pc+3         ; R6=1
        ; *v = 1; @ bad.bpf.c:7
        9: (7b) *(u64 *)(r7 +0) = r6
        R7 invalid mem access 'map_value_or_null'
        processed 9 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
        """;

    [Fact]
    public void Names_the_rule_the_place_and_the_instruction()
    {
        var explanation = LogExplainer.Explain(NullPointer)!;

        Assert.Equal("RU4006", explanation.Rule.Id);
        Assert.Equal((9, "*(u64 *)(r7 +0) = r6"), (explanation.Slot, explanation.Instruction));
        Assert.Equal(new("bad.bpf.c", 7, "*v = 1;"), explanation.Place);
    }

    [Fact]
    public void Follows_the_register_through_copies_to_the_call_that_made_it()
    {
        var causes = LogExplainer.Explain(NullPointer)!.Causes;

        Assert.Equal(
            [(7, "R7 is copied from R0"), (6, "R0 is what bpf_map_lookup_elem() returns: a pointer to a map value of 'm', or null")],
            causes.Select(cause => (cause.Slot, cause.What)));
        Assert.Equal(5, causes[1].Place?.Line);
    }

    [Fact]
    public void Tells_the_decisions_of_the_path()
    {
        var path = LogExplainer.Explain(NullPointer)!.Path;

        Assert.Equal([(8, "r6 > 0x2 does not hold", 6)], path.Select(step => (step.Slot, step.What, step.Place!.Line)));
    }

    [Fact]
    public void Leaves_out_the_decisions_of_other_paths()
    {
        const string Text = """
            0: R1=ctx() R10=fp0
            0: (61) r2 = *(u32 *)(r1 +0)          ; R2=scalar()
            1: (15) if r2 == 0x0 goto pc+4        ; R2=scalar()
            2: (15) if r2 == 0x1 goto pc+2        ; R2=scalar()
            3: (b7) r0 = 0                        ; R0=0
            4: (95) exit

            from 2 to 5: R1=ctx() R2=1 R10=fp0
            5: (95) exit
            from 1 to 6: R1=ctx() R2=0 R10=fp0
            6: (bf) r0 = r3
            R3 !read_ok
            processed 8 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            """;

        var explanation = LogExplainer.Explain(Text)!;

        Assert.Equal([(1, "r2 == 0x0 holds")], explanation.Path.Select(step => (step.Slot, step.What)));
        Assert.Equal("RU4001", explanation.Rule.Id);
    }

    [Fact]
    public void Takes_the_other_side_of_an_earlier_round_of_a_loop()
    {
        const string Text = """
            0: R1=ctx() R10=fp0
            0: (b7) r2 = 0                        ; R2=0
            1: (07) r2 += 1                       ; R2=1
            2: (a5) if r2 < 0x2 goto pc-2         ; R2=1
            1: (07) r2 += 1                       ; R2=2
            2: (a5) if r2 < 0x2 goto pc-2         ; R2=2
            3: (95) exit
            from 2 to 3: safe
            from 2 to 1: R2=1 R10=fp0
            1: (bf) r0 = r5
            R5 !read_ok
            """;

        var explanation = LogExplainer.Explain(Text)!;

        Assert.Equal(["r2 < 0x2 holds", "r2 < 0x2 holds"], explanation.Path.Select(step => step.What));
    }

    [Fact]
    public void A_register_of_a_function_called_comes_from_its_caller()
    {
        const string Text = """
            0: R1=ctx() R10=fp0
            0: (85) call bpf_get_prandom_u32#7    ; R0=scalar()
            1: (bf) r1 = r0                       ; R1=scalar(id=1)
            2: (85) call pc+2
            caller:
             R10=fp0
            callee:
             frame1: R1=scalar(id=1) R10=fp0
            5: frame1: R1=scalar(id=1) R10=fp0
            5: (61) r0 = *(u32 *)(r1 +0)
            R1 invalid mem access 'scalar'
            """;

        var explanation = LogExplainer.Explain(Text)!;

        Assert.Equal(["R1 is copied from R0", "R0 is what bpf_get_prandom_u32() returns: a number of any size"], explanation.Causes.Select(cause => cause.What));
    }

    [Fact]
    public void A_register_saved_on_the_stack_is_followed()
    {
        const string Text = """
            0: R1=ctx() R10=fp0
            0: (61) r2 = *(u32 *)(r1 +4)          ; R2=scalar(smin=0,smax=umax=0xffffffff,var_off=(0x0; 0xffffffff))
            1: (7b) *(u64 *)(r10 -8) = r2         ; R2=scalar() fp-8=scalar()
            2: (85) call bpf_ktime_get_ns#5       ; R0=scalar()
            3: (79) r3 = *(u64 *)(r10 -8)         ; R3=scalar()
            4: (71) r0 = *(u8 *)(r3 +0)
            R3 invalid mem access 'scalar'
            """;

        var causes = LogExplainer.Explain(Text)!.Causes;

        Assert.Equal([(3, "R3 is read back from the stack (fp-8)"), (0, "R2 is loaded from `*(u32 *)(r1 +4)`: a number from 0 to 4294967295")], causes.Select(cause => (cause.Slot, cause.What)));
    }

    [Fact]
    public void A_register_taken_by_a_call_is_told_as_that()
    {
        const string Text = """
            0: R1=ctx() R10=fp0
            0: (85) call bpf_ktime_get_ns#5       ; R0=scalar()
            1: (61) r0 = *(u32 *)(r1 +0)
            R1 !read_ok
            """;

        Assert.Equal(["bpf_ktime_get_ns() takes away what R1 held: calls keep R6 to R9 only"], LogExplainer.Explain(Text)!.Causes.Select(cause => cause.What));
    }

    [Theory]
    [InlineData("", LogVerdict.NoLog)]
    [InlineData("hello\nworld\n", LogVerdict.NoLog)]
    [InlineData("processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0", LogVerdict.Accepted)]
    [InlineData("0: R1=ctx() R10=fp0\n0: (b7) r0 = 0 ; R0=0\n1: (95) exit\nprocessed 2 insns (limit 1000000)", LogVerdict.Accepted)]
    [InlineData("0: R1=ctx() R10=fp0\n0: (b7) r0 = 0 ; R0=0\n1: (95) exit\n", LogVerdict.CutOff)]
    [InlineData("0: R1=ctx() R10=fp0\n0: (b7) r0 = 0 ; R0=0\nthe moon is not full\nprocessed 1 insns (limit 1000000)", LogVerdict.Unknown)]
    [InlineData("unreachable insn 4\nprocessed 0 insns (limit 1000000)", LogVerdict.Explained)]
    public void Knows_what_a_text_is(string text, LogVerdict verdict) => Assert.Equal(verdict, LogExplainer.Read(text).Verdict);

    [Fact]
    public void The_slot_is_taken_from_the_message_when_nothing_was_walked() =>
        Assert.Equal(4, LogExplainer.Explain("unreachable insn 4\nprocessed 0 insns (limit 1000000)")!.Slot);

    [Fact]
    public void Of_several_programs_the_one_that_failed_is_explained()
    {
        string accepted = "0: R1=ctx() R10=fp0\n0: (b7) r0 = 0 ; R0=0\n1: (95) exit\nprocessed 2 insns (limit 1000000) max_states_per_insn 0\n";

        Assert.Equal("RU4006", LogExplainer.Explain($"{accepted}{NullPointer}\n{accepted}")?.Rule.Id);
    }

    public static TheoryData<string, string> Decorations => new()
    {
        { "carriage returns", NullPointer.ReplaceLineEndings("\r\n") },
        { "indented", Each(line => "\t" + line) },
        { "libbpf", $"libbpf: loading object\nlibbpf: prog 'f': BPF program load failed: EACCES\nlibbpf: prog 'f': -- BEGIN PROG LOAD LOG --\n{NullPointer}\n-- END PROG LOAD LOG --\nlibbpf: prog 'f': failed to load: -13\nError: failed to load object file\n" },
        { "libbpf on every line", Each(line => "libbpf: " + line) },
        { "kernel log", Each(line => "[  123.456789] " + line) },
        { "ISO times", Each(line => "2024-05-06T07:08:09.123456Z " + line) },
        { "container log", Each(line => "2024-05-06T07:08:09.123456789Z stderr F " + line) },
        { "journal", Each(line => "May 16 07:08:09 host loader[77]: " + line) },
        { "colours", Each(line => "\e[31m" + line + "\e[0m") },
        { "quoted", Each(line => "> " + line) },
        { "JSON", "{\"level\":\"error\",\"error\":\"load program: permission denied:\\n\\t" + NullPointer.Replace("\n", "\\n\\t", StringComparison.Ordinal) + "\"}" },
        { "aya", "Error: the BPF_PROG_LOAD syscall failed. Verifier output: " + NullPointer },
        { "without its beginning", NullPointer[NullPointer.IndexOf("4: (18)", StringComparison.Ordinal)..] },
        { "cut within its first line", NullPointer[NullPointer.IndexOf("(63)", StringComparison.Ordinal)..] },
        { "without statistics", NullPointer[..NullPointer.IndexOf("processed", StringComparison.Ordinal)] },
    };

    [Theory]
    [MemberData(nameof(Decorations))]
    public void What_is_around_the_log_does_not_matter(string how, string text)
    {
        var explanation = LogExplainer.Explain(text);

        Assert.True(explanation is { Slot: 9, Place.Line: 7, Rule.Id: "RU4006" }, $"{how}: {explanation}");
        Assert.Equal(2, explanation.Causes.Length);
    }

    [Fact]
    public void One_line_of_a_loader_is_enough()
    {
        var explanation = LogExplainer.Explain("field Count: program count: load program: permission denied: R7 invalid mem access 'map_value_or_null' (18 line(s) omitted)");

        Assert.Equal("RU4006", explanation?.Rule.Id);
    }

    [Fact]
    public void Live_registers_of_level_two_are_passed_over()
    {
        string text = "Live regs before insn:\n  0: .1........ (b7) r6 = 1\n  1: ......6... (95) exit\n" + NullPointer;

        Assert.Equal(9, LogExplainer.Explain(text)?.Slot);
    }

    private static string Each(Func<string, string> decorate) => string.Join('\n', NullPointer.Split('\n').Select(decorate));
}
