// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Who calls whom, and how much stack they need together.</summary>
internal static class CallGraph
{
    private const int MaxDepth = 512;
    private const int MaxFrames = 8;
    private const int TailCallDepth = 256;

    /// <summary>The bytes of stack of the deepest chain of calls; rejects programs that need too many.</summary>
    public static int CheckDepth(VerifierProgram program, ProgramFlow flow, Dictionary<int, int> depths, int handler, KernelProfile kernel)
    {
        int deepest = 0;
        bool isPrivate = kernel.Has(6, 13) && HasPrivateStack(program);
        int unit = kernel.Has(6, 9) ? 16 : 32;
        Visit(0, 0, 0, [], isCallback: false);
        if (handler != 0) Visit(handler, 0, 0, [], isCallback: true);
        return deepest;

        void Visit(int function, int above, int frames, HashSet<int> path, bool isCallback)
        {
            if (!path.Add(function)) Reject("a function calls itself");
            if (frames >= MaxFrames) Reject($"calls nest more than {MaxFrames} deep");
            int own = Math.Max(depths.GetValueOrDefault(function), kernel.Has(6, 9) ? 0 : 1);
            own = (own + unit - 1) / unit * unit;
            int total = isPrivate ? own : above + own;
            deepest = Math.Max(deepest, above + own);
            if (total > MaxDepth) Reject($"the functions up to here need {total} bytes of stack together, and {MaxDepth} are there");
            for (int slot = function; slot < flow.EndOf(function); slot++)
            {
                var x = program.Instructions[slot];
                if (!flow.Reachable[slot]) continue;
                if (x.IsHelperCall && (HelperId)x.Immediate is HelperId.TailCall && above >= TailCallDepth && frames > 0)
                    Reject($"a function with a tail call is called with {above} bytes of stack in use, and fewer than {TailCallDepth} are allowed");
                if (isCallback && x.IsKernelCall && program.KernelCalls.GetValueOrDefault(slot) is "bpf_throw")
                    throw new RejectedException(VerifierRules.HelperAvailable, $"bpf_throw() is called at instruction {slot}, in a callback");
                if (x.IsLocalCall && slot + 1 + x.Immediate == handler)
                    throw new RejectedException(VerifierRules.FunctionSignature, $"the exception handler is called at instruction {slot}, and only the kernel may call it");
                if (x.IsLocalCall) Visit(slot + 1 + x.Immediate, above + own, frames + 1, path, isCallback);
                else if (x.IsFunctionAddress) Visit(slot + 1 + x.Immediate, IsLater(program, slot) ? 0 : above + own, frames + 1, path, isCallback: true);
                if (x.IsWide) slot++;
            }

            path.Remove(function);
        }
    }

    // Programs that the kernel protects against running into themselves get a stack of their own for each function.
    private static bool HasPrivateStack(VerifierProgram program) =>
        program.Type is ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent or ProgramType.RawTracepoint
            or ProgramType.Tracing && !program.IsSleepable && program.Attach is not AttachType.TraceIter
        && !program.Instructions.Any(x => x.IsHelperCall && (HelperId)x.Immediate is HelperId.TailCall);

    // The address of a callback goes into a register; what the next call of the function does with it says when it runs.
    private static bool IsLater(VerifierProgram program, int slot)
    {
        for (int i = slot + 2; i < program.Instructions.Length && i < slot + 64; i++)
        {
            if (!program.Instructions[i].IsCall) continue;
            return program.KernelCalls.TryGetValue(i, out string? name) ? KernelCalls.IsDeferral(name)
                : program.Instructions[i].IsHelperCall && (HelperId)program.Instructions[i].Immediate is HelperId.TimerSetCallback;
        }

        return false;
    }

    private static void Reject(string detail) => throw new RejectedException(VerifierRules.CallDepth, detail, slot: -1);
}
