// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>The proof of one program: what can be seen without running it, then the program itself, then each global function it rests on.</summary>
internal sealed class ProofRun(VerifierProgram program, VerifierOptions options)
{
    private readonly List<Walk> _walks = [];
    private int _stackDepth;

    /// <summary>What it cost.</summary>
    public ProofStatistics Statistics => new(
        _walks.Sum(w => w.Processed), _walks.Sum(w => w.Remembered), _walks.Count == 0 ? 0 : _walks.Max(w => w.PeakPending), _stackDepth);

    /// <summary>Called with each state before its instruction is looked at.</summary>
    public Action<int, State>? Observer { get; init; }

    /// <summary>Proves it; returns why it cannot be proven, or null.</summary>
    public Explanation? Prove()
    {
        Walk? walk = null;
        try
        {
            ProgramChecks.Check(program, options);
            ProgramFlow flow = new(program, options.Kernel.Has(7, 0));
            ProgramChecks.CheckFlow(program, flow);
            int handler = ExceptionHandler.Find(program);
            SortedSet<int> done = [], open = [];
            // Global functions are proven before the programs that call them, as the kernel does it.
            walk = NewWalk(flow, handler != 0);
            walk.Run(MainStart(), 0);
            open.UnionWith(walk.CalledGlobals);
            if (handler != 0) open.Add(handler);
            Dictionary<int, int> depths = new(walk.StackDepths);
            while (open.Except(done).ToArray() is [var next, ..])
            {
                done.Add(next);
                walk = NewWalk(flow, handler != 0);
                GlobalFunctions globals = new(walk);
                walk.Run(next == handler ? globals.StartHandler(next) : globals.Start(next), next);
                open.UnionWith(walk.CalledGlobals);
                foreach (var (function, depth) in walk.StackDepths) depths[function] = Math.Max(depths.GetValueOrDefault(function), depth);
            }

            _stackDepth = CallGraph.CheckDepth(program, flow, depths, handler);
            return null;
        }
        catch (RejectedException rejected)
        {
            return Explainer.Explain(program, walk, rejected);
        }
    }

    private Walk NewWalk(ProgramFlow flow, bool hasHandler)
    {
        Walk walk = new(program, options.Kernel, options.KernelTypes, flow) { Observer = Observer, HasExceptionHandler = hasHandler };
        _walks.Add(walk);
        return walk;
    }

    private State MainStart()
    {
        Frame frame = new(0, -1, 0);
        if (program.Type is not ProgramType.Unspec) frame[Register.R1] = Value.Pointer(ValueKind.Context);
        return new(frame) { IsSleepable = program.IsSleepable };
    }
}
