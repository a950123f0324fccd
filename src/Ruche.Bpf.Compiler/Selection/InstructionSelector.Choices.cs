// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Passes;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Compiler.Selection;

internal sealed partial class InstructionSelector
{
    /// <summary>
    /// One value is put first and another over it, in a block of its own that a jump leads past. First comes the one whose register may become the
    /// result's. What only changes the other value is done in place. There is no jump where two values have no bit in common: it leads into the block instead.
    /// </summary>
    private void SelectChoice(Operation choice)
    {
        var (condition, then, otherwise) = choice is Ir.Select x ? (x.Condition, x.Then, x.Otherwise) : (choice, new Constant(IrType.Bool, 1), new Constant(IrType.Bool, 0));
        int result = RegisterOf(choice);
        bool thenChanges = ChangesInPlace(then, otherwise), otherwiseChanges = ChangesInPlace(otherwise, then);
        bool isTurned = thenChanges || (!otherwiseChanges && IsMadeAnew(then) && !IsMadeAnew(otherwise));
        var (first, second) = isTurned ? (otherwise, then) : (then, otherwise);
        bool changes = isTurned ? thenChanges : otherwiseChanges;
        int kept = changes || IsMadeAnew(second) ? MachineInstruction.None : Use(second);
        bool goesIn = isTurned && condition is Compare { Relation: Comparison.Intersects };
        var jump = choice is Compare own ? Comparing(own, isTurned && !goesIn) : Condition(condition, isTurned && !goesIn);
        Put(result, first);
        MachineBlock between = new($"{_block.Name}.choice", _block.LoopDepth), after = new($"{_block.Name}.chosen", _block.LoopDepth);
        jump.Target = goesIn ? between : after;
        Add(jump);
        _block.Successors.AddRange(goesIn ? [between, after] : [after, between]);
        _result.Blocks.AddRange([between, after]);
        _block = between;
        if (changes) ChangeBy((Binary)second, result);
        else if (kept >= 0) Copy(result, kept);
        else Put(result, second);
        _block.Successors.Add(after);
        _block = after;
    }

    private bool ChangesInPlace(Value value, Value other) => value is Binary { Type: IrType.Int } x && _folded.Contains(x) && x.Left == other;

    private void Select(Branch x)
    {
        var (then, otherwise) = (EdgeBlock(x.Then), EdgeBlock(x.Otherwise));
        var jump = x.Condition is MayContinue ? new MachineInstruction { Code = Insn.MayGoto(0), Line = _line } : Condition(x.Condition);
        jump.Target = x.Condition is MayContinue ? otherwise : then;
        Add(jump);
        _block.Successors.AddRange(x.Condition is MayContinue ? [otherwise, then] : [then, otherwise]);
    }

    private void Select(Jump x)
    {
        if (_constantEdges.IsShared(x.To))
        {
            _block.Successors.Add(EdgeBlock(x.To));
            return;
        }

        Give(x.To);
        _block.Successors.Add(_blocks[x.To.Target]);
    }

    private void Select(Return x)
    {
        Put(0, x.Value);
        Add(new() { Code = Insn.Exit(), Source = 0, Line = _line });
    }

    /// <summary>The block that an edge of a branch leads to: its target, or a new one that gives the target its values first.</summary>
    private MachineBlock EdgeBlock(Edge edge)
    {
        if (edge.Arguments.Count == 0) return _blocks[edge.Target];
        if (_constantEdges.Find(edge) is { } shared) return shared;
        var before = _block;
        MachineBlock between = new($"{before.Name}.{edge.Target.Name}", Math.Min(before.LoopDepth, _blocks[edge.Target].LoopDepth));
        _result.Blocks.Add(between);
        _block = between;
        Give(edge);
        between.Successors.Add(_blocks[edge.Target]);
        _block = before;
        _constantEdges.Keep(edge, between);
        return between;
    }

    // All values at once: what is overwritten before it was read is kept in a register of its own.
    private void Give(Edge edge)
    {
        List<(int To, Value From)> left = [];
        for (int i = 0; i < edge.Arguments.Count; i++)
        {
            if (edge.Arguments[i] != edge.Target.Parameters[i]) left.Add((RegisterOf(edge.Target.Parameters[i]), edge.Arguments[i]));
        }

        while (left.Count > 0)
        {
            int free = left.FindIndex(m => !left.Exists(o => o != m && Reads(o.From, m.To)));
            if (free < 0)
            {
                int kept = _result.NewRegister();
                Copy(kept, left[0].To);
                var moved = left[0].To;
                Value stand = new BlockParameter(IrType.I64);
                _registers.Add(stand, kept);
                for (int i = 0; i < left.Count; i++)
                {
                    if (Reads(left[i].From, moved)) left[i] = (left[i].To, stand);
                }

                free = 0;
            }

            Put(left[free].To, left[free].From);
            left.RemoveAt(free);
        }
    }

    private bool Reads(Value value, int register) =>
        IsMadeAnew(value) ? value is Binary sum && Reads(sum.Left, register) : RegisterOf(value) == register;

    /// <summary>A jump where a condition holds; where it does not, when it is turned.</summary>
    private MachineInstruction Condition(Value condition, bool isTurned = false)
    {
        return condition is Compare compare && _folded.Contains(compare)
            ? Comparing(compare, isTurned)
            : Comparing(64, isTurned ? Comparison.Equal : Comparison.NotEqual, Use(condition), 0);
    }

    private MachineInstruction Comparing(Compare compare, bool isTurned)
    {
        var relation = isTurned ? FoldRules.Opposite(compare.Relation) : compare.Relation;
        int bits = compare.Left.Type.Bits, width = bits < 64 && _target.InstructionSet >= 3 ? 32 : 64;
        bool extends = bits < width && IsSigned(relation);
        int left = extends ? Extended(compare.Left, width) : Use(compare.Left);
        bool isMirrored = _target.InstructionSet < 2 && Mirrored(relation) is not null;
        if (compare.Right is Constant constant)
        {
            long number = extends || bits == 64 ? constant.Signed : constant.Number;
            if (!isMirrored && (width == 32 || number is >= int.MinValue and <= int.MaxValue)) return Comparing(width, relation, left, (int)number);
            int register = _result.NewRegister();
            Add(NumberInto(register, number));
            return Comparing(width, relation, left, register, isMirrored);
        }

        return Comparing(width, relation, left, extends ? Extended(compare.Right, width) : Use(compare.Right), isMirrored);
    }

    private MachineInstruction Comparing(int width, Comparison relation, int left, int number) => new()
    {
        Code = width == 64 ? Insn.Jump(JumpOf(relation), default, number, 0) : Insn.Jump32(JumpOf(relation), default, number, 0),
        Destination = left,
        ReadsDestination = true,
        Line = _line,
    };

    // The first instruction set only knows what is greater.
    private MachineInstruction Comparing(int width, Comparison relation, int left, int right, bool isMirrored)
    {
        if (isMirrored) (left, right, relation) = (right, left, Mirrored(relation)!.Value);
        return new()
        {
            Code = width == 64 ? Insn.Jump(JumpOf(relation), default, default(Register), 0) : Insn.Jump32(JumpOf(relation), default, default(Register), 0),
            Destination = left,
            Source = right,
            ReadsDestination = true,
            Line = _line,
        };
    }

    private static bool IsSigned(Comparison relation) => relation is Comparison.Less or Comparison.LessOrEqual or Comparison.Greater or Comparison.GreaterOrEqual;

    private static Comparison? Mirrored(Comparison relation) => relation switch
    {
        Comparison.Below => Comparison.Above,
        Comparison.BelowOrEqual => Comparison.AboveOrEqual,
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        _ => null,
    };

    private static JumpOperation JumpOf(Comparison relation) => relation switch
    {
        Comparison.Equal => JumpOperation.Equal,
        Comparison.NotEqual => JumpOperation.NotEqual,
        Comparison.Below => JumpOperation.Less,
        Comparison.BelowOrEqual => JumpOperation.LessOrEqual,
        Comparison.Above => JumpOperation.Greater,
        Comparison.AboveOrEqual => JumpOperation.GreaterOrEqual,
        Comparison.Less => JumpOperation.SignedLess,
        Comparison.LessOrEqual => JumpOperation.SignedLessOrEqual,
        Comparison.Greater => JumpOperation.SignedGreater,
        Comparison.GreaterOrEqual => JumpOperation.SignedGreaterOrEqual,
        Comparison.Intersects => JumpOperation.Set,
        _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "no such relation"),
    };
}
