// SPDX-License-Identifier: MIT
using Ruche.Bpf.Programs;
using Ruche.Bpf.Verifier.Logs;

namespace Ruche.Bpf.Verifier.Tests.Logs;

public sealed class VerifierLogTests
{
    private const string NullPointer = """
        0: R1=ctx() R10=fp0
        ; int k = 1; @ bad.bpf.c:4
        0: (b7) r6 = 1                        ; R6_w=1
        1: (63) *(u32 *)(r10 -4) = r6         ; R6=1 R10=fp0 fp-8=mmmm????
        2: (bf) r2 = r10                      ; R2=fp0 R10=fp0
        ;  @ bad.bpf.c:0
        3: (07) r2 += -4                      ; R2=fp-4
        ; long *v = bpf_map_lookup_elem(&m, &k); @ bad.bpf.c:4
        4: (18) r1 = 0xffff888104400c00       ; R1=map_ptr(map=m,ks=4,vs=8)
        6: (85) call bpf_map_lookup_elem#1    ; R0=map_value_or_null(id=1,map=m,ks=4,vs=8)
        ; *v = 1; @ src/bad.bpf.c:5
        7: (7b) *(u64 *)(r0 +0) = r6
        R0 invalid mem access 'map_value_or_null'
        verification time 118 usec
        stack depth 8
        processed 7 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0

        """;

    [Fact]
    public void Finds_instruction_source_reason_and_count()
    {
        var log = VerifierLog.Parse(NullPointer);

        Assert.Equal(7, log.Slot);
        Assert.Equal("*(u64 *)(r0 +0) = r6", log.Instruction);
        Assert.Equal(new SourceLine("src/bad.bpf.c", 5, "*v = 1"), log.Source);
        Assert.Equal("R0 invalid mem access 'map_value_or_null'", log.Reason);
        Assert.Equal(7, log.ProcessedInstructions);
    }

    [Fact]
    public void Says_it_all_in_one_line()
    {
        string summary = VerifierLog.Parse(NullPointer).Summary();

        Assert.Equal("bad.bpf.c:5: `*v = 1`: R0 invalid mem access 'map_value_or_null' (insn 7)", summary);
    }

    [Fact]
    public void Puts_the_register_state_together_from_the_start_of_the_path()
    {
        var log = VerifierLog.Parse(NullPointer);

        Assert.Equal(
            ["R0=map_value_or_null(id=1,map=m,ks=4,vs=8)", "R1=map_ptr(map=m,ks=4,vs=8)", "R2=fp-4", "R6=1", "R10=fp0", "fp-8=mmmm????"],
            log.Registers.Select(r => r.ToString()));
    }

    [Fact]
    public void Takes_the_state_of_the_failing_branch_only()
    {
        const string Text = """
            0: R1=ctx() R10=fp0
            0: (b7) r0 = 0                        ; R0_w=0
            1: (b7) r3 = 99                       ; R3_w=99
            2: (15) if r1 == 0x0 goto pc+1        ; R1=ctx()
            from 2 to 4: R0=0 R1=scalar(smin=0,umax=255,var_off=(0x0; 0xff)) R10=fp0
            4: (61) r2 = *(u32 *)(r1 +0)
            R1 invalid mem access 'scalar'
            processed 4 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            """;

        var log = VerifierLog.Parse(Text);

        Assert.Equal(["R0=0", "R1=scalar(smin=0,umax=255,var_off=(0x0; 0xff))", "R10=fp0"], log.Registers.Select(r => r.ToString()));
        Assert.Null(log.Source);
        Assert.Equal("`r2 = *(u32 *)(r1 +0)`: R1 invalid mem access 'scalar' (insn 4)", log.Summary());
    }

    [Theory]
    [InlineData("unreachable insn 4\nprocessed 0 insns (limit 1000000) max_states_per_insn 0", 4, "unreachable insn 4")]
    [InlineData("back-edge from insn 5 to 3\n", 5, "back-edge from insn 5 to 3")]
    [InlineData("last insn is not an exit or jmp\nprocessed 0 insns", -1, "last insn is not an exit or jmp")]
    [InlineData("", -1, "")]
    [InlineData("\n\n", -1, "")]
    public void Reads_refusals_that_come_before_any_walk(string text, int slot, string reason)
    {
        var log = VerifierLog.Parse(text);

        Assert.Equal(slot, log.Slot);
        Assert.Equal(reason, log.Reason);
    }

    [Theory]
    [InlineData("combined stack size of 3 calls is 544. Too large")]
    [InlineData("stack size of subprog 2 is 528. Too large")]
    [InlineData("stack size 520(extra 8) is too large")]
    [InlineData("stack depth 520 exceeds interpreter stack depth limit")]
    [InlineData("func#1 writes 4 stack arg slots, but calls only require 2")]
    [InlineData("calling kernel function bpf_task_acquire is not allowed")]
    public void Tells_a_refusal_from_remarks_that_begin_alike(string refusal)
    {
        string text = $"""
            func#0 @0
            0: R1=ctx() R10=fp0
            1: (85) call bpf_task_acquire#97811
            {refusal}
            verification time 90 usec
            stack depth 0+8 max 8
            insns processed 1+2
            processed 3 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            """;

        var log = VerifierLog.Parse(text);

        Assert.Equal(refusal, log.Reason);
        Assert.Equal(1, log.Slot);
    }

    [Fact]
    public void Keeps_several_lines_of_reason_together()
    {
        const string Text = """
            3: (71) r0 = *(u8 *)(r1 +8)
            invalid access to map value, value_size=8 off=8 size=1
            R1 min value is outside of the allowed memory range
            processed 3 insns (limit 1000000)
            """;

        var log = VerifierLog.Parse(Text);

        Assert.Equal("invalid access to map value, value_size=8 off=8 size=1; R1 min value is outside of the allowed memory range", log.Reason);
    }

    [Fact]
    public void Leaves_old_and_current_states_out_of_the_reason()
    {
        const string Text = """
            ; while (1) @ a.c:3
            5: (05) goto pc-1
            infinite loop detected at insn 5
            cur state: R0=0 R10=fp0
            old state: R0=0 R10=fp0
            processed 9 insns (limit 1000000)
            """;

        var log = VerifierLog.Parse(Text);

        Assert.Equal("infinite loop detected at insn 5", log.Reason);
        Assert.Equal("while (1)", log.Source!.Text);
    }

    [Fact]
    public void Reads_the_end_of_a_huge_log_only_as_far_as_needed()
    {
        string text = string.Concat(Enumerable.Repeat("1: (07) r1 += 1 ; R1=scalar()\n", 500_000)) + NullPointer;

        long before = GC.GetAllocatedBytesForCurrentThread();
        var log = VerifierLog.Parse(text);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(7, log.Slot);
        Assert.True(allocated < 64 * 1024, $"{allocated} bytes");
    }
}
