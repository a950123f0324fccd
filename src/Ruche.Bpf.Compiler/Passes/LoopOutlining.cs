// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Makes a loop that asks whether it may go on a function that the kernel calls for each round (bpf_loop). What the rounds hand on lies in a frame on the
/// caller's stack: numbers that change, and what they only read. The question is answered with no in the last round that the helper makes.
/// </summary>
internal sealed class LoopOutlining
{
    private const int MostRounds = 1 << 23;
    private const int Word = 8;
    private const int MostWords = 16;

    // The kernel gives a program and all that it calls 512 bytes together.
    private const int MostStack = 256;

    private readonly Module _module;
    private readonly Function _function;
    private readonly ControlFlow _flow;
    private readonly Loop _loop;
    private readonly HashSet<Value> _inside = new(ReferenceEqualityComparer.Instance);
    private readonly List<Value> _needed = [];
    private readonly List<Value> _left = [];
    private readonly List<Edge> _exits = [];
    private readonly Dictionary<Value, int> _places = new(ReferenceEqualityComparer.Instance);
    private int _exitPlace;

    private LoopOutlining(Module module, Function function, ControlFlow flow, Loop loop)
    {
        (_module, _function, _flow, _loop) = (module, function, flow, loop);
        foreach (var block in flow.Order)
        {
            if (!loop.Body.Contains(block)) continue;
            _inside.UnionWith(block.Parameters);
            _inside.UnionWith(block.Operations);
        }
    }

    /// <summary>Whether it was done; a loop stays as it is when something that it hands on is known to the verifier by more than its number.</summary>
    public static bool TryRun(Module module, Function function, ControlFlow flow, Loop loop)
    {
        LoopOutlining outlining = new(module, function, flow, loop);
        if (!outlining.AsksEachRound()) return false;
        outlining.FindValues();
        if (!outlining.CanHandOn()) return false;
        outlining.Outline();
        return true;
    }

    // Every round asks, and leaves the loop when the answer is no: so the last one does.
    private bool AsksEachRound()
    {
        bool asks = false;
        foreach (var block in _flow.Order)
        {
            if (!_loop.Body.Contains(block)) continue;
            if (!block.Operations.Exists(o => o is MayContinue)) continue;
            if (block.Terminator is not Branch { Condition: MayContinue question } branch || !block.Operations.Contains(question) || _loop.Body.Contains(branch.Otherwise.Target)) return false;
            asks |= DominatesEnds(block);
        }

        return asks;
    }

    private bool DominatesEnds(Block block)
    {
        foreach (var end in _loop.Ends)
        {
            if (!_flow.Dominates(block, end)) return false;
        }

        return true;
    }

    private void FindValues()
    {
        HashSet<Value> seen = new(ReferenceEqualityComparer.Instance);
        foreach (var block in _flow.Order)
        {
            bool isInside = _loop.Body.Contains(block);
            foreach (var operation in block.Operations)
            {
                foreach (var value in operation.Operands) Use(value, isInside);
            }

            foreach (var edge in block.Terminator.Edges)
            {
                bool staysInside = isInside && _loop.Body.Contains(edge.Target);
                foreach (var value in edge.Arguments) Use(value, staysInside);
                if (isInside && !staysInside && !_exits.Exists(e => IsSame(e, edge))) _exits.Add(edge);
            }
        }

        void Use(Value value, bool isInside)
        {
            if (value is Constant || _inside.Contains(value) == isInside || !seen.Add(value)) return;
            (isInside ? _needed : _left).Add(value);
        }
    }

    private static bool IsSame(Edge one, Edge other)
    {
        if (one.Target != other.Target) return false;
        for (int i = 0; i < one.Arguments.Count; i++)
        {
            if (one.Arguments[i] != other.Arguments[i]) return false;
        }

        return true;
    }

    private bool CanHandOn()
    {
        if (!_loop.Head.Parameters.TrueForAll(IsNumber) || !_left.TrueForAll(IsNumber) || !_needed.TrueForAll(v => IsMadeAnew(v) || KeepsItsKind(v))) return false;
        int stack = 0;
        foreach (var block in _function.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (HoldsSomething(operation) || KeepsSlotOutside(operation) || IsLost(operation)) return false;
                if (operation is StackSlot slot) stack += slot.Size;
            }
        }

        _left.RemoveAll(v => v is BlockParameter parameter && _loop.Head.Parameters.Contains(parameter));
        // The words lie in the frame, and may lie on the stack of the round as well.
        int words = WordCount();
        return words <= MostWords && stack + (((2 * words) + AliveAcross()) * Word) <= MostStack;
    }

    /// <summary>How many values the call must not lose: they lie on the stack, but for those few that registers keep.</summary>
    private int AliveAcross()
    {
        HashSet<Value> before = new(ReferenceEqualityComparer.Instance);
        int alive = 0;
        foreach (var block in _flow.Order)
        {
            if (_loop.Body.Contains(block)) continue;
            if (block.Number < _loop.Head.Number)
            {
                before.UnionWith(block.Parameters);
                before.UnionWith(block.Operations);
                continue;
            }

            foreach (var operation in block.Operations)
            {
                foreach (var value in operation.Used)
                {
                    if (before.Remove(value) && value is not StackSlot && !IsMadeAnew(value)) alive++;
                }
            }
        }

        return alive;
    }

    private static bool IsNumber(Value value) => value.Type is IrType.Int;

    private static bool IsMadeAnew(Value value) => value is MapReference or GlobalAddress or FunctionAddress;

    // The verifier gives back the kind of what was stored in whole words. Objects of the kernel may be counted references, which a round must not see.
    private static bool KeepsItsKind(Value value) => value is StackSlot || value.Type is IrType.Int or IrType.Pointer
    {
        Space: AddressSpace.Context or AddressSpace.Packet or AddressSpace.PacketEnd or AddressSpace.Value or AddressSpace.KernelProbe or AddressSpace.User,
    };

    // What a helper or a function of the kernel has begun may not be held across the call. A record is given back in the round that took it.
    private bool HoldsSomething(Operation operation) => operation switch
    {
        KernelCall => true,
        HelperCall { Helper: HelperId.RingbufSubmit or HelperId.RingbufDiscard } => false,
        HelperCall { Helper: HelperId.RingbufReserve } record => !_inside.Contains(record) && IsNeededBehindHead(record),
        HelperCall call => HelperEffects.TakesOrGivesBack(call.Helper),
        _ => false,
    };

    /// <summary>Whether something made outside of the loop is used in it or behind it, other than when it is made again.</summary>
    private bool IsNeededBehindHead(Operation made)
    {
        HashSet<Block> seen = [BlockOf(made)];
        Stack<Block> before = [];
        foreach (var block in _flow.Order)
        {
            if (block.Operations.Exists(o => o.Used.Contains(made)) && seen.Add(block)) before.Push(block);
        }

        while (before.TryPop(out var block))
        {
            if (block == _loop.Head) return true;
            foreach (var earlier in _flow.Predecessors(block))
            {
                if (seen.Add(earlier)) before.Push(earlier);
            }
        }

        return false;
    }

    /// <summary>Whether the rounds read in a slot what they have changed.</summary>
    private bool Changes(StackSlot slot)
    {
        bool isRead = false, isWritten = false;
        foreach (var block in _loop.Body)
        {
            foreach (var operation in block.Operations)
            {
                isRead |= operation is Load load && IsIn(MemoryPlace.Of(load), slot);
                isWritten |= operation is Store store ? IsIn(MemoryPlace.Of(store), slot) : operation is not Load && operation.Used.Contains(slot);
            }
        }

        return isRead && isWritten;
    }

    private static bool IsIn(MemoryPlace place, StackSlot slot) => place.Base == slot || (place.Base is not StackSlot && place.Base.Type is IrType.Pointer { Space: AddressSpace.Stack });

    // Of a slot that is hidden the verifier does not know that it holds an address.
    private bool IsLost(Operation operation) =>
        operation is Load { Type: IrType.Pointer } load && _inside.Contains(load) && _needed.Exists(v => v is StackSlot slot && IsIn(MemoryPlace.Of(load), slot) && Changes(slot));

    // The verifier lets a function that is called keep no address of a stack in its caller's.
    private bool KeepsSlotOutside(Operation operation) =>
        operation is Store { Value.Type: IrType.Pointer { Space: AddressSpace.Stack } } store && _inside.Contains(store) && !_inside.Contains(MemoryPlace.Of(store).Base);

    private int WordCount()
    {
        int words = _loop.Head.Parameters.Count + _left.Count + (_exits.Count > 1 ? 1 : 0);
        foreach (var value in _needed)
        {
            if (!IsMadeAnew(value)) words++;
        }

        return words;
    }

    private void Outline()
    {
        List<Value> handed = [.. _loop.Head.Parameters, .. _needed.FindAll(v => !IsMadeAnew(v)), .. _left];
        for (int i = 0; i < handed.Count; i++) _places.Add(handed[i], i * Word);
        _exitPlace = handed.Count * Word;
        string name = NewName();
        _module.Functions.Add(Round(name));
        ReplaceBy(name);
    }

    private string NewName()
    {
        int number = 0;
        while (_module.Functions.Exists(f => f.Name == $"{_function.Name}_round{number}")) number++;
        return $"{_function.Name}_round{number}";
    }

    /// <summary>One round: 0 for another one, 1 when the loop is left.</summary>
    private Function Round(string name)
    {
        Function round = new(name, IrType.I64);
        var entry = round.AddBlock($"{_loop.Head.Name}.given");
        BlockParameter index = new(IrType.I64) { Name = "index" }, frame = new(IrType.PointerTo(AddressSpace.Stack)) { Name = "frame" };
        entry.Parameters.AddRange([index, frame]);
        Copying copying = new();
        foreach (var value in _needed) copying.Put(value, entry.Add(Copying.Again(value) ?? new Load(value.Type, frame, _places[value])));
        List<Block> body = _flow.Order.FindAll(_loop.Body.Contains);
        round.Blocks.AddRange(copying.Copy(body, n => n));
        List<Value> given = [];
        foreach (var parameter in _loop.Head.Parameters) given.Add(entry.Add(new Load(parameter.Type, frame, _places[parameter]) { Name = parameter.Name }));
        var goesOn = entry.Add(new Compare(Comparison.NotEqual, index, new Constant(IrType.I64, MostRounds - 1)));
        entry.Add(new Jump(new(copying.Of(_loop.Head), given)));
        foreach (var block in body) LeaveFrom(block, round, frame, copying);
        Answer(round, goesOn);
        return round;
    }

    private void LeaveFrom(Block block, Function round, Value frame, Copying copying)
    {
        var edges = block.Terminator.Edges;
        for (int i = 0; i < edges.Count; i++)
        {
            var edge = edges[i];
            bool goesRound = edge.Target == _loop.Head;
            if (!goesRound && _loop.Body.Contains(edge.Target)) continue;
            var leave = round.AddBlock($"{block.Name}.{(goesRound ? "round" : "out")}{i}");
            if (goesRound) KeepChanged(edge, leave, frame, copying);
            else KeepLeft(edge, block, leave, frame, copying);
            leave.Add(new Return(new Constant(IrType.I64, goesRound ? 0 : 1)));
            copying.Of(block).Terminator.Redirect(i, new(leave));
        }
    }

    private void KeepChanged(Edge edge, Block leave, Value frame, Copying copying)
    {
        for (int i = 0; i < edge.Arguments.Count; i++)
        {
            var parameter = _loop.Head.Parameters[i];
            if (edge.Arguments[i] != parameter) leave.Add(new Store(frame, _places[parameter], copying[edge.Arguments[i]]));
        }
    }

    // What a way out does not pass is not needed behind it.
    private void KeepLeft(Edge edge, Block block, Block leave, Value frame, Copying copying)
    {
        foreach (var value in _left)
        {
            if (_flow.Dominates(BlockOf(value), block)) leave.Add(new Store(frame, _places[value], copying[value]));
        }

        if (_exits.Count > 1) leave.Add(new Store(frame, _exitPlace, new Constant(IrType.I64, _exits.FindIndex(e => IsSame(e, edge)))));
    }

    private Block BlockOf(Value value) =>
        _flow.Order.Find(b => value is BlockParameter parameter ? b.Parameters.Contains(parameter) : b.Operations.Contains((Operation)value))!;

    private static void Answer(Function round, Compare goesOn)
    {
        Substitution substitution = new();
        foreach (var block in round.Blocks)
        {
            foreach (var question in block.Operations.FindAll(o => o is MayContinue)) substitution.Add(question, goesOn);
            block.Operations.RemoveAll(o => o is MayContinue);
        }

        substitution.Apply(round);
    }

    private void ReplaceBy(string name)
    {
        var head = _loop.Head;
        Block rounds = new($"{head.Name}.rounds");

        // It stands here, so that a loop around this one has it on the stack of its own round.
        var frame = rounds.Add(new StackSlot(Math.Max(1, WordCount()) * Word, Word));
        var zero = head.Parameters.Count > 0 ? UnknownZero(rounds) : null;
        foreach (var parameter in head.Parameters)
        {
            BlockParameter first = new(parameter.Type) { Name = parameter.Name };
            rounds.Parameters.Add(first);
            rounds.Add(new Store(frame, _places[parameter], Hidden(rounds, first, zero!)));
        }

        foreach (var value in _needed)
        {
            if (value is StackSlot slot && Changes(slot)) Hide(rounds, slot);
            if (!IsMadeAnew(value)) rounds.Add(new Store(frame, _places[value], value));
        }

        foreach (var value in _left) rounds.Add(new Store(frame, _places[value], new Constant(value.Type, 0)));
        if (_exits.Count > 1) rounds.Add(new Store(frame, _exitPlace, new Constant(IrType.I64, 0)));
        var round = rounds.Add(new FunctionAddress(name));
        rounds.Add(new HelperCall(HelperId.Loop, IrType.I64, new Constant(IrType.I64, MostRounds), round, frame, new Constant(IrType.I64, 0)));
        Substitution substitution = new();
        foreach (var value in (List<Value>)[.. head.Parameters, .. _left]) substitution.Add(value, rounds.Add(new Load(value.Type, frame, _places[value]) { Name = value.Name }));
        int at = _function.Blocks.IndexOf(head);
        RedirectInto(rounds);
        _function.Blocks.RemoveAll(_loop.Body.Contains);
        _function.Blocks.InsertRange(Math.Min(at, _function.Blocks.Count), Leading(rounds, frame));
        substitution.Apply(_function);
    }

    /// <summary>The block that calls, and those that lead on to where the loop was left for.</summary>
    private List<Block> Leading(Block rounds, Value frame)
    {
        List<Block> blocks = [rounds];
        if (_exits.Count == 1)
        {
            rounds.Add(new Jump(_exits[0]));
            return blocks;
        }

        var exit = rounds.Add(new Load(IrType.I64, frame, _exitPlace));
        for (int i = 0; i < _exits.Count - 1; i++)
        {
            Block other = new($"{rounds.Name}{i}");
            var isThis = blocks[^1].Add(new Compare(Comparison.Equal, exit, new Constant(IrType.I64, i)));
            bool isLast = i == _exits.Count - 2;
            blocks[^1].Add(new Branch(isThis, _exits[i], isLast ? _exits[i + 1] : new(other)));
            if (!isLast) blocks.Add(other);
        }

        return blocks;
    }

    private void RedirectInto(Block rounds)
    {
        foreach (var block in _function.Blocks)
        {
            if (_loop.Body.Contains(block)) continue;
            var end = block.Terminator;
            for (int i = 0; i < end.Edges.Count; i++)
            {
                if (end.Edges[i].Target == _loop.Head) end.Redirect(i, new(rounds, end.Edges[i].Arguments));
            }
        }
    }

    // A random number has 32 bits, which the verifier does not know: it takes any for possible. The square has 64 of them.
    private static Binary UnknownZero(Block block)
    {
        var random = block.Add(new HelperCall(HelperId.GetPrandomU32, IrType.I64));
        var high = block.Add(new Binary(BinaryOperator.LShr, random, new Constant(IrType.I64, 32)));
        return block.Add(new Binary(BinaryOperator.Mul, high, high));
    }

    // Before 6.8 the verifier looks at one round only: what it knows of the first would hold for all.
    private static Binary Hidden(Block block, Value value, Value zero)
    {
        if (value.Type == IrType.Bool) value = block.Add(new Convert(Conversion.ZeroExtend, IrType.I8, value));
        var narrow = value.Type == IrType.I64 ? zero : block.Add(new Convert(Conversion.Truncate, value.Type, zero));
        return block.Add(new Binary(BinaryOperator.Add, value, narrow));
    }

    // The helper writes what it reads, so that the verifier knows it no more.
    private static void Hide(Block block, StackSlot slot) =>
        block.Add(new HelperCall(HelperId.ProbeReadKernel, IrType.I64, slot, new Constant(IrType.I64, slot.Size), slot));
}
