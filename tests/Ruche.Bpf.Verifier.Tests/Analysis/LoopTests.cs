// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Tests.Analysis;

/// <summary>Loops: where they are, and that their proofs end.</summary>
public sealed class LoopTests
{
    private const string Counted = """
        r6 = 0
        again: r6 += 1
        if r6 != 100 goto again
        r0 = 0
        exit
        """;

    [Fact]
    public void The_slots_of_a_loop_have_its_number_and_others_have_none()
    {
        ProgramFlow flow = new(Program(Counted), callbacksAreLoops: false);

        Assert.Equal([0, 1, 1, 0, 0], Enumerable.Range(0, 5).Select(flow.LoopOf));
    }

    [Fact]
    public void Loops_that_follow_each_other_are_two_and_nested_ones_are_one()
    {
        ProgramFlow flow = new(Program("""
            r6 = 0
            first: r6 += 1
            if r6 != 9 goto first
            second: r7 = 0
            inner: r7 += 1
            if r7 != 9 goto inner
            r6 -= 1
            if r6 != 0 goto second
            r0 = 0
            exit
            """), callbacksAreLoops: false);

        int[] loops = [.. Enumerable.Range(0, 10).Select(flow.LoopOf)];
        Assert.Equal(loops[1], loops[2]);
        Assert.NotEqual(loops[2], loops[3]);
        Assert.Single(loops[3..8].Distinct());
        Assert.All([loops[0], loops[8], loops[9]], loop => Assert.Equal(0, loop));
    }

    [Fact]
    public void A_counted_loop_is_walked_to_its_end()
    {
        var verdict = Verdict(Counted);

        Assert.Null(verdict.Explanation);
        Assert.InRange(verdict.Statistics.Processed, 200, 210);
    }

    [Fact]
    public void A_loop_that_changes_nothing_is_endless()
    {
        var verdict = Verdict("""
            r6 = 0
            again: r7 = r6
            if r7 == 0 goto again
            r0 = 0
            exit
            """);

        Assert.NotNull(verdict.Explanation);
    }

    private static Verdict Verdict(string code) => ProgramVerifier.Verify(Program(code), new());

    private static VerifierProgram Program(string code) =>
        new() { Name = "loops", Type = ProgramType.Xdp, License = "GPL", Instructions = [.. Assembler.Assemble(code)] };
}
