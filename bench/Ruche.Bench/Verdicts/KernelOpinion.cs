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
    // The kernel gives up by itself after a million instructions, which take seconds, and more with a log; what it does beside them has no such end.
    public static Verdict Of(ObjectSpec spec, ProgramSpec program, ProgramFlags flags, TimeSpan most)
    {
        using LoadLimit limit = new(most);
        var verdict = Ask(spec, program, flags);
        return limit.IsExceeded && verdict.Judgement is not Judgement.Accepted
            ? Verdict.NotJudged("time", $"not done in {most.TotalSeconds} s")
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
        string types = prepared.TypesRefusal ?? "";
        try
        {
            uint walked = prepared.Load().Program(program).GetInfo().VerifiedInstructions;
            return new(Judgement.Accepted, "", walked, "", "", types);
        }
        catch (VerifierException e)
        {
            var judgement = IsAboutTheHost(e.Log.Reason) ? Judgement.NotJudged : Judgement.Rejected;
            return new(judgement, e.Errno.ToString(), e.Log.ProcessedInstructions, e.Log.Reason, e.Log.Text, types);
        }
    }

    /// <summary>Whether the verifier stopped for want of something, before it came to an opinion; without a reason nobody knows.</summary>
    private static bool IsAboutTheHost(string reason) => reason.Length == 0
        // Kernels without CONFIG_KALLSYMS_ALL do not know where their variables are.
        || reason.StartsWith("ldimm64 failed to find the address for kernel symbol", StringComparison.Ordinal)
        // The attach type is newer than the kernel.
        || reason.StartsWith("Tracing programs must provide btf_id", StringComparison.Ordinal);
}
