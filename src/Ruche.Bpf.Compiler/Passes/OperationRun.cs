// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>Operations of a block that follow one another, from a place on.</summary>
internal sealed class OperationRun(Block block, int start)
{
    public Block Block => block;

    public int Start => start;

    public Operation this[int index] => block.Operations[start + index];

    /// <summary>Which of so many operations a value is, negative when it is none of them.</summary>
    public int IndexOf(Value value, int length) => value is Operation operation && block.Operations.IndexOf(operation, start, length) is >= 0 and var at ? at - start : -1;

    /// <summary>Whether two of so many operations have some of them in common.</summary>
    public bool Overlaps(OperationRun before, int length) => block == before.Block && start < before.Start + length;

    /// <summary>What so many operations have in common with their like, or null when one of them must stay.</summary>
    public int? HashOf(int length)
    {
        HashCode hash = default;
        for (int i = 0; i < length; i++)
        {
            if (!MayMove(this[i])) return null;
            hash.Add(this[i].GetType());
            hash.Add(this[i].Type.Bits);
            foreach (var value in this[i].Operands) hash.Add(value is Constant constant ? constant.Number.GetHashCode() : 0);
        }

        return hash.ToHashCode();
    }

    /// <summary>The values that so many operations take from elsewhere, but for what is named again where it is needed.</summary>
    public List<Value> Needed(int length)
    {
        List<Value> needed = [];
        for (int i = 0; i < length; i++)
        {
            foreach (var value in this[i].Operands)
            {
                if (value is not Constant && Copying.Again(value) is null && IndexOf(value, length) < 0 && !needed.Contains(value)) needed.Add(value);
            }
        }

        return needed;
    }

    /// <summary>About how many instructions so many operations are.</summary>
    public int Cost(int length)
    {
        int cost = 0;
        for (int i = 0; i < length; i++)
        {
            cost += this[i] switch
            {
                Compare or Convert { Conversion: not Conversion.SignExtend } or MapReference or GlobalAddress => 0,
                Binary { Left.Type: IrType.Pointer, Right: Constant } => 0,
                HelperCall call => 1 + call.Operands.Count,
                _ => 1,
            };
        }

        return cost;
    }

    /// <summary>Whether so many operations do the same here and there, with what they take from elsewhere in the same places.</summary>
    public bool IsSame(OperationRun other, int length)
    {
        if (start + length >= block.Operations.Count || other.Start + length >= other.Block.Operations.Count) return false;
        List<Value> ours = [], theirs = [];
        for (int i = 0; i < length; i++)
        {
            if (!MayMove(this[i]) || !IsSameKind(this[i], other[i]) || this[i].Operands.Count != other[i].Operands.Count) return false;
            for (int k = 0; k < this[i].Operands.Count; k++)
            {
                Value mine = this[i].Operands[k], its = other[i].Operands[k];
                if (mine.Type != its.Type) return false;
                if (mine is Constant || its is Constant)
                {
                    if (mine is not Constant a || its is not Constant b || a.Number != b.Number) return false;
                    continue;
                }

                int at = IndexOf(mine, length);
                if (at != other.IndexOf(its, length)) return false;
                if (at < 0 && !IsSamePlace(mine, its, ours, theirs)) return false;
            }
        }

        return true;
    }

    private static bool IsSamePlace(Value mine, Value its, List<Value> ours, List<Value> theirs)
    {
        if (Copying.Again(mine) is not null || Copying.Again(its) is not null) return mine is Operation a && its is Operation b && IsSameKind(a, b);
        if (!MayBeGiven(mine)) return false;
        int place = ours.IndexOf(mine);
        if (place != theirs.IndexOf(its)) return false;
        if (place >= 0) return true;
        ours.Add(mine);
        theirs.Add(its);
        return true;
    }

    // The verifier goes through a function for each call, with what it knows of the arguments there.
    private static bool MayBeGiven(Value value) => value.Type is IrType.Int or IrType.Pointer;

    /// <summary>Whether an operation may stand in a function of its own: it makes no room on the stack, yields a number, and takes nothing that another gives back.</summary>
    public static bool MayMove(Operation operation) => operation switch
    {
        Binary or Compare or Convert or SwapBytes or Select or Load or FieldAddress or KernelQuestion or MapReference or GlobalAddress or Atomic => true,
        Store store => store.Value.Type is IrType.Int,
        HelperCall call => call.Type is IrType.Int && !HelperEffects.TakesOrGivesBack(call.Helper) && !TakesFunction(call),
        _ => false,
    };

    private static bool TakesFunction(HelperCall call)
    {
        foreach (var value in call.Operands)
        {
            if (value is FunctionAddress) return true;
        }

        return false;
    }

    private static bool IsSameKind(Operation one, Operation other) => one.Type == other.Type && (one, other) switch
    {
        (Binary x, Binary y) => x.Operator == y.Operator,
        (Compare x, Compare y) => x.Relation == y.Relation,
        (Convert x, Convert y) => x.Conversion == y.Conversion,
        (SwapBytes, SwapBytes) or (Select, Select) => true,
        (Load x, Load y) => x.Offset == y.Offset,
        (Store x, Store y) => x.Offset == y.Offset,
        (Atomic x, Atomic y) => x.Operator == y.Operator && x.Offset == y.Offset,
        (FieldAddress x, FieldAddress y) => x.Field == y.Field,
        (KernelQuestion x, KernelQuestion y) => x.Kind == y.Kind && x.Subject == y.Subject,
        (MapReference x, MapReference y) => x.Map == y.Map,
        (GlobalAddress x, GlobalAddress y) => x.Map == y.Map && x.Offset == y.Offset,
        (FunctionAddress x, FunctionAddress y) => x.Function == y.Function,
        (HelperCall x, HelperCall y) => x.Helper == y.Helper,
        _ => false,
    };
}
