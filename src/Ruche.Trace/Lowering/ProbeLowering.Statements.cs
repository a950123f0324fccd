// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;

namespace Ruche.Trace.Lowering;

internal sealed partial class ProbeLowering
{
    private const int NoWakeUp = 1;
    private const int ForceWakeUp = 2;

    private readonly Stack<(Block Next, Block End)> _loops = [];

    // Where a return leads to, in functions of the script's own.
    private readonly Stack<Block> _returns = [];

    /// <summary>Whether the kernel counts the rounds of loops.</summary>
    private bool CountsRounds => Script.Target.HasMayGoto || Script.Target.HasLoopHelper;

    private void Lower(IEnumerable<BoundStatement> statements)
    {
        foreach (var statement in statements)
        {
            At(statement.Span);
            Lower(statement);
        }
    }

    private void Lower(BoundStatement statement)
    {
        switch (statement)
        {
            case BoundStatement.Evaluate { Expression: BoundExpression.Step { Target: BoundExpression.MapValue map } step }: StepEntry(map, Number(step.By), Wanted.Nothing); break;
            case BoundStatement.Evaluate x: Lower(x.Expression); break;
            case BoundStatement.Assign { Target: BoundExpression.Variable { Symbol: var symbol } } x: Write(x.Value, PlaceOf(symbol), symbol.Type); break;
            case BoundStatement.Assign { Target: BoundExpression.MapValue map } x: Assign(map, x.Value); break;
            case BoundStatement.Aggregate x: Aggregate(x); break;
            case BoundStatement.If x: LowerIf(x); break;
            case BoundStatement.While x: LowerWhile(x); break;
            case BoundStatement.Unroll x: LowerUnroll(x); break;
            case BoundStatement.ForRange x: LowerForRange(x); break;
            case BoundStatement.ForMap x: LowerForMap(x); break;
            case BoundStatement.Continue: Leave(_loops.Peek().Next); break;
            case BoundStatement.Break: Leave(_loops.Peek().End); break;
            case BoundStatement.Return: Leave(_returns.TryPeek(out var returned) ? returned : _done); break;
            default: throw new UnreachableException($"no case for {statement.GetType().Name}");
        }
    }

    private void LowerBlock(BoundExpression.Block x)
    {
        if (!x.IsFunction)
        {
            Lower(x.Statements);
            return;
        }

        var end = NewBlock("returned");
        _returns.Push(end);
        Lower(x.Statements);
        _returns.Pop();
        Enter(end);
    }

    private void Leave(Block to)
    {
        JumpTo(to);
        EnterFresh(NewBlock("after"));
    }

    private void LowerIf(BoundStatement.If x)
    {
        if (x.Condition is BoundExpression.Number { Value: not 0 })
        {
            Lower(x.Then);
            return;
        }

        Block then = NewBlock("then"), end = NewBlock("end");
        var otherwise = x.Else.IsEmpty ? end : NewBlock("else");
        BranchOn(x.Condition, then, otherwise);
        EnterFresh(then);
        LowerGoverned(x);
        JumpTo(end);
        if (!x.Else.IsEmpty)
        {
            EnterFresh(otherwise);
            Lower(x.Else);
        }

        Enter(end);
    }

    private void LowerGoverned(BoundStatement.If x)
    {
        _knownEntries.Enter(x.Condition);
        Lower(x.Then);
        _knownEntries.Leave();
    }

    private void LowerWhile(BoundStatement.While x)
    {
        Block head = NewBlock("loop"), body = NewBlock("body"), end = NewBlock("end");
        _knownEntries.Clear();
        HideVariables(x.Body);
        Enter(head);
        AskToGoOn(end);
        BranchOn(x.Condition, body, end);
        EnterFresh(body);
        LowerRound(x.Body, head, end);
        JumpTo(head);
        EnterFresh(end);
    }

    /// <summary>Lets the kernel count the rounds where it can, so that its verifier need not see the loop's end. A loop that it ends is told of.</summary>
    private void AskToGoOn(Block end)
    {
        if (!CountsRounds) return;
        Block goesOn = NewBlock("goes"), ended = NewBlock("ended");
        Branch(Add(new MayContinue()), goesOn, ended);
        EnterFresh(ended);
        CountUp(SharedState.EndedLoops);
        JumpTo(end);
        EnterFresh(goesOn);
    }

    // What the verifier knew before the loop would be something else in every round, and all rounds be gone through.
    private void HideVariables(ImmutableArray<BoundStatement> body)
    {
        if (!Script.Target.HasMayGoto) return;
        foreach (var variable in BoundWalk.VariablesIn(body).Distinct().Where(v => v.Type is TraceType.Integer && _variables.ContainsKey(v)))
        {
            var place = PlaceOf(variable);
            Store(place, Combine(BinaryOperator.Add, Load(place, variable.Type), Shared(SharedState.UnknownZero)), ValueLayout.SizeOf(variable.Type));
        }

        var assigned = BoundWalk.StatementsIn(body).Select(s => s is BoundStatement.Assign { Target: BoundExpression.Variable { Symbol: var symbol } } ? symbol : null).Distinct();
        foreach (var variable in assigned.Where(v => v?.Type is TraceType.Tuple or TraceType.Text && _variables.ContainsKey(v)))
        {
            // The helper writes what it reads, so that the verifier knows it no more.
            var address = AddressOf(PlaceOf(variable!));
            Call(HelperId.ProbeReadKernel, address, Number(ValueLayout.SizeOf(variable!.Type)), address);
        }
    }

    private void LowerRound(IEnumerable<BoundStatement> body, Block next, Block end)
    {
        _loops.Push((next, end));
        Lower(body);
        _loops.Pop();
    }

    private void LowerUnroll(BoundStatement.Unroll x)
    {
        for (int i = 0; i < x.Times; i++) Lower(x.Body);
    }

    private void LowerForRange(BoundStatement.ForRange x)
    {
        var place = PlaceOf(x.Variable);
        var first = Lower(x.First);
        var last = Lower(x.End);
        var limit = Temporary(sizeof(ulong));
        Store(limit, last, sizeof(ulong));

        // Where the kernel counts rounds, a number that its verifier knew would make it go through all of them.
        Store(place, Script.Target.HasMayGoto ? Combine(BinaryOperator.Add, first, Shared(SharedState.UnknownZero)) : first, sizeof(ulong));
        HideVariables(x.Body);
        _knownEntries.Clear();
        Block head = NewBlock("loop"), body = NewBlock("body"), next = NewBlock("next"), end = NewBlock("end");
        Enter(head);
        AskToGoOn(end);
        Branch(Compare(Comparison.Less, Load(place, TraceType.Int64), Load(limit, TraceType.Int64)), body, end);
        EnterFresh(body);
        LowerRound(x.Body, next, end);
        Enter(next);
        Store(place, Combine(BinaryOperator.Add, Load(place, TraceType.Int64), Number(1)), sizeof(ulong));
        JumpTo(head);
        EnterFresh(end);
    }
}
