// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>The proof of one program: what can be seen without running it, then the program itself, then each global function it rests on.</summary>
internal sealed class ProofRun(VerifierProgram program, VerifierOptions options)
{
    private readonly List<Walk> _walks = [];
    private readonly System.Collections.BitArray _visited = new(program.Instructions.Length);
    private int _stackDepth;

    /// <summary>What it cost.</summary>
    public ProofStatistics Statistics => new(
        _walks.Sum(w => w.Processed), _walks.Sum(w => w.Remembered), _walks.Count == 0 ? 0 : _walks.Max(w => w.PeakPending), _stackDepth);

    /// <summary>Called with each state before its instruction is looked at.</summary>
    public Action<int, State>? Observer { get; init; }

    /// <summary>
    /// Whether a state is covered only by one that allows everything it allows, whatever proofs have needed. Costs more; then all that a run
    /// can come to lies within the states observed.
    /// </summary>
    public bool ComparesWhole { get; init; }

    /// <summary>Proves it; returns why it cannot be proven, or null.</summary>
    public Explanation? Prove()
    {
        Walk? walk = null;
        try
        {
            ProgramChecks.Check(program, options);
            if (!options.Kernel.IsPrivileged) PrivilegeChecks.Check(program);
            ProgramFlow flow = new(program, options.Kernel.Has(7, 0));
            ProgramChecks.CheckFlow(program, flow, options.Kernel);
            if (!options.Kernel.IsPrivileged) PrivilegeChecks.CheckFlow(flow);
            int handler = ExceptionHandler.Find(program);
            SortedSet<int> done = [], open = [];
            // Global functions are proven before the programs that call them, as the kernel does it.
            walk = NewWalk(flow, handler != 0);
            walk.Run(MainStart(), 0);
            walk.Speculation.CheckTailCalls();
            open.UnionWith(walk.CalledGlobals);
            // Before 6.8 all of them are proven, called or not.
            if (!options.Kernel.Has(6, 8)) open.UnionWith(flow.FunctionStarts.Where(new GlobalFunctions(walk).IsGlobal));
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

            CheckAddresses(flow);
            _stackDepth = CallGraph.CheckDepth(program, flow, depths, handler, options.Kernel);
            return null;
        }
        catch (RejectedException rejected)
        {
            return Explainer.Explain(program, walk, rejected);
        }
    }

    // The kernel takes functions away that are never run, and then does not find those whose address is loaded nevertheless.
    private void CheckAddresses(ProgramFlow flow)
    {
        if (!flow.FunctionStarts.Any(f => f != 0 && _visited[f])) return;
        for (int slot = 0; slot < program.Instructions.Length; slot++)
        {
            var x = program.Instructions[slot];
            if (_visited[slot] && x.IsFunctionAddress && !_visited[slot + 1 + x.Immediate] && !IsTakenForNext(flow, slot + 1 + x.Immediate))
                throw new RejectedException(VerifierRules.Structure, "the address of a function is loaded that is never run", slot: slot, advice: "do not load the address, or call the function");
            if (x.IsWide) slot++;
        }
    }

    // When what is taken away begins with the function, the function behind it comes to its place.
    private bool IsTakenForNext(ProgramFlow flow, int function)
    {
        if (!_visited[function - 1]) return false;
        int next = function;
        while (next < _visited.Length && !_visited[next]) next++;
        return next < _visited.Length && flow.FunctionStarts.Contains(next);
    }

    private Walk NewWalk(ProgramFlow flow, bool hasHandler)
    {
        Walk walk = new(program, options.Kernel, options.KernelTypes, flow)
        {
            Observer = Observer,
            ComparesWhole = ComparesWhole,
            HasExceptionHandler = hasHandler,
            Visited = _visited,
        };
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
