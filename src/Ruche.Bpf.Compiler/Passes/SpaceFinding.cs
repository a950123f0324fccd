// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Finds out what memory addresses lead to that are written as leading anywhere, by following where they come from. Addresses that lie in slots are followed
/// by promoting the slots, which may show what other addresses are made of, so this goes on for as long as something is found.
/// </summary>
internal sealed class SpaceFinding
{
    private readonly Module _module;
    private readonly Function _function;
    private bool _changed;

    private SpaceFinding(Module module, Function function) => (_module, _function) = (module, function);

    /// <summary>What one function is given is known when those that call it are: all are looked at together.</summary>
    public static void Run(Module module, Function function)
    {
        if (!HasUnknown(function)) return;
        List<SpaceFinding> findings = [.. module.Functions.Where(HasUnknown).Select(f => new SpaceFinding(module, f))];
        bool changed;
        do
        {
            changed = false;
            foreach (var finding in findings) changed |= finding.Run();
        }
        while (changed);

        foreach (var finding in findings) finding.GiveNothing();
    }

    private bool Run()
    {
        bool changed = false;
        FlowSimplification.Run(_function);
        do
        {
            _changed = false;
            Strip();
            Find();
            Address();
            int before = Count(_function);
            _changed |= SlotSplitting.Run(_module, _function);
            SlotPromotion.Run(_function);
            FlowSimplification.Run(_function);
            Folding.Run(_function);
            _changed |= Count(_function) != before;
            changed |= _changed;
        }
        while (_changed);

        return changed;
    }

    private static int Count(Function function) => function.Blocks.Sum(b => b.Operations.Count);

    private static bool IsUnknown(Value value) => value.Type is IrType.Pointer { Space: AddressSpace.Any };

    private static bool HasUnknown(Function function) =>
        function.Blocks.Exists(b => b.Parameters.Exists(IsUnknown) || b.Operations.Exists(IsUnknown));

    // An address that is seen as one of nowhere in particular is itself.
    private void Strip()
    {
        Substitution substitution = new();
        foreach (var block in _function.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation is Convert { Conversion: Conversion.Reinterpret, Operand: { Type: IrType.Pointer } operand } && IsUnknown(operation)) substitution.Add(operation, operand);
            }
        }

        if (substitution.IsEmpty) return;
        _changed = true;
        substitution.Apply(_function);
        foreach (var block in _function.Blocks) block.Operations.RemoveAll(o => o is Convert { Conversion: Conversion.Reinterpret, Operand.Type: IrType.Pointer } && IsUnknown(o));
    }

    private void Find()
    {
        bool found;
        do
        {
            found = FindParameters();
            foreach (var block in _function.Blocks)
            {
                foreach (var operation in block.Operations)
                {
                    if (IsUnknown(operation) && SpaceOf(operation) is { } space) found |= Settle(operation, space);
                }

                if (block != _function.Entry) found |= FindParameters(block);
            }

            _changed |= found;
        }
        while (found);
    }

    private static bool Settle(Value value, AddressSpace space)
    {
        value.LeadsTo(space);
        return true;
    }

    private static AddressSpace? SpaceOf(Value value) => value.Type is IrType.Pointer { Space: not AddressSpace.Any } pointer ? pointer.Space : null;

    private static AddressSpace? SpaceOf(Operation operation) => operation switch
    {
        Binary x => SpaceOf(x.Left),
        FieldAddress x => SpaceOf(x.Address),
        Select x => Common([x.Then, x.Otherwise]),
        Load x => SpaceBehind(SpaceOf(x.Address)),
        _ => null,
    };

    // What an object of the kernel points to is one too; what a process points to is in the process.
    private static AddressSpace? SpaceBehind(AddressSpace? space) => space is AddressSpace.Kernel or AddressSpace.KernelProbe or AddressSpace.User ? space : null;

    private bool FindParameters(Block block)
    {
        bool found = false;
        for (int i = 0; i < block.Parameters.Count; i++)
        {
            if (!IsUnknown(block.Parameters[i])) continue;
            List<Value> given = [];
            foreach (var from in _function.Blocks)
            {
                foreach (var edge in from.Terminator.Edges)
                {
                    if (edge.Target == block) given.Add(edge.Arguments[i]);
                }
            }

            if (Common(given) is { } space) found |= Settle(block.Parameters[i], space);
        }

        return found;
    }

    // What is none leads wherever the others do.
    private static AddressSpace? Common(List<Value> values)
    {
        AddressSpace? common = null;
        foreach (var value in values)
        {
            if (value is Constant || SpaceOf(value) is not { } space) continue;
            if (common is null || common == space) common = space;
            else if ((common, space) is (AddressSpace.Kernel, AddressSpace.KernelProbe) or (AddressSpace.KernelProbe, AddressSpace.Kernel)) common = AddressSpace.KernelProbe;
            else return null;
        }

        return common;
    }

    // A function that stays one takes what its callers give, a callback what its helper gives.
    private bool FindParameters()
    {
        bool found = false;
        var parameters = _function.Entry.Parameters;
        for (int i = 0; i < parameters.Count; i++)
        {
            if (!IsUnknown(parameters[i])) continue;
            List<Value> given = [];
            foreach (var operation in _module.Functions.SelectMany(f => f.Operations))
            {
                if (operation is LocalCall call && call.Function == _function.Name) given.Add(call.Operands[i]);
                if (operation is HelperCall helper && helper.Operands.Any(o => o is FunctionAddress address && address.Function == _function.Name))
                {
                    if (GivenBy(helper, i) is AddressSpace space) found |= Settle(parameters[i], space);
                    else if (Context(helper, i) is { } context) given.Add(context);
                }
            }

            if (Common(given) is { } common) found |= Settle(parameters[i], common);
        }

        return found;
    }

    private static AddressSpace? GivenBy(HelperCall helper, int parameter) => (helper.Helper, parameter) switch
    {
        (HelperId.ForEachMapElem, 1 or 2) => AddressSpace.Value,
        (HelperId.TimerSetCallback, 1 or 2) => AddressSpace.Value,
        (HelperId.FindVma, 0 or 1) => AddressSpace.Kernel,
        _ => null,
    };

    // What is handed on to the callback.
    private static Value? Context(HelperCall helper, int parameter) => (helper.Helper, parameter) switch
    {
        (HelperId.Loop, 1) => helper.Operands[2],
        (HelperId.ForEachMapElem, 3) => helper.Operands[2],
        (HelperId.FindVma, 2) => helper.Operands[3],
        (HelperId.UserRingbufDrain, 1) => helper.Operands[2],
        _ => null,
    };

    // Constants, and addresses of another kind, are seen as what they are given for.
    private void GiveNothing()
    {
        foreach (var block in _function.Blocks)
        {
            foreach (var edge in block.Terminator.Edges)
            {
                for (int i = 0; i < edge.Arguments.Count; i++)
                {
                    var (given, wanted) = (edge.Arguments[i], edge.Target.Parameters[i].Type);
                    if (given.Type == wanted || wanted is not IrType.Pointer) continue;
                    edge.Replace(i, given is Constant constant ? new Constant(wanted, constant.Number) : Seen(block, given, wanted));
                }
            }
        }
    }

    private static Convert Seen(Block block, Value value, IrType type)
    {
        Convert seen = new(Conversion.Reinterpret, type, value);
        block.Operations.Insert(block.Operations.Count - 1, seen);
        return seen;
    }

    // What is read or written at a distance from a slot is a part of the slot.
    private void Address()
    {
        Substitution substitution = new();
        foreach (var block in _function.Blocks)
        {
            for (int i = 0; i < block.Operations.Count; i++)
            {
                Operation? nearer = block.Operations[i] switch
                {
                    Load { Address: Binary sum } x when OfSlot(sum) is var (slot, distance) => new Load(x.Type, slot, x.Offset + distance),
                    Store { Address: Binary sum } x when OfSlot(sum) is var (slot, distance) => new Store(slot, x.Offset + distance, x.Value),
                    _ => null,
                };
                if (nearer is null) continue;
                (nearer.Source, nearer.Name) = (block.Operations[i].Source, block.Operations[i].Name);
                substitution.Add(block.Operations[i], nearer);
                block.Operations[i] = nearer;
                _changed = true;
            }
        }

        substitution.Apply(_function);
        RemoveUnused();
    }

    private static (StackSlot Slot, int Distance)? OfSlot(Binary sum)
    {
        long distance = 0;
        Value value = sum;
        while (value is Binary { Operator: BinaryOperator.Add, Right: Constant constant } next) (value, distance) = (next.Left, distance + constant.Signed);
        return value is StackSlot slot ? (slot, (int)distance) : null;
    }

    // An address that nobody needs any more would keep its slot from being promoted.
    private void RemoveUnused()
    {
        bool removed;
        do
        {
            HashSet<Value> used = new(ReferenceEqualityComparer.Instance);
            foreach (var operation in _function.Operations) used.UnionWith(operation.Used);
            removed = false;
            foreach (var block in _function.Blocks) removed |= block.Operations.RemoveAll(o => !o.HasEffects && o is Binary or Convert or Load && !used.Contains(o)) > 0;
        }
        while (removed);
    }
}
