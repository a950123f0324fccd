// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bench.Verdicts;

/// <summary>Asks the running kernel about one program of an object: the program is loaded, never attached, and let go of.</summary>
internal static class KernelOpinion
{
    // The kernel gives up by itself after a million instructions, which take a second; what it does beside them has no such end.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Verdict Of(ObjectSpec spec, ProgramSpec program, ProgramFlags flags)
    {
        using LoadLimit limit = new(Limit);
        var verdict = Ask(spec, program, flags);
        return limit.IsExceeded && verdict.Judgement is not Judgement.Accepted
            ? Verdict.NotJudged("time", $"not done in {Limit.TotalSeconds} s")
            : verdict;
    }

    private static Verdict Ask(ObjectSpec spec, ProgramSpec program, ProgramFlags flags)
    {
        try
        {
            using var opened = BpfObject.Open(LoneProgram.Of(spec, program, flags)).Prepare();
            return Load(opened, program.Name);
        }
        catch (InvalidObjectException e)
        {
            return Verdict.NotJudged("object", e.Message);
        }
        catch (BpfException e)
        {
            return Verdict.NotJudged(e.Errno.ToString(), e.Message);
        }
        catch (Exception e)
        {
            // A bug of ours on one program must not keep the others from being judged; the table names it.
            return Verdict.NotJudged(e.GetType().Name, e.Message);
        }
    }

    private static Verdict Load(BpfObject prepared, string program)
    {
        string? refusal = prepared.TypesRefusal;
        try
        {
            uint walked = prepared.Load().Program(program).GetInfo().VerifiedInstructions;
            return new(Judgement.Accepted, "", walked, refusal is null ? "" : $"loaded without its types: {refusal}", "");
        }
        catch (VerifierException e) when (e.Log.Reason.Length == 0)
        {
            return Verdict.NotJudged(e.Errno.ToString(), $"the log gives no reason: {e.Message}", e.Log.Text);
        }
        catch (VerifierException e) when (refusal is not null)
        {
            // Without types the verifier refuses what it takes with them.
            return Verdict.NotJudged(e.Errno.ToString(), $"the kernel refused the object's types: {refusal}", e.Log.Text);
        }
        catch (VerifierException e)
        {
            return new(Judgement.Rejected, e.Errno.ToString(), e.Log.ProcessedInstructions, e.Log.Reason, e.Log.Text);
        }
    }
}
