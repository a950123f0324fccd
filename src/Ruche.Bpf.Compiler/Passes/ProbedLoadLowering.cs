// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>Reads through addresses that a program may not follow itself become calls of the helper that may, into a slot.</summary>
internal static class ProbedLoadLowering
{
    public static void Run(Function function)
    {
        Substitution substitution = new();
        List<StackSlot> slots = [];
        foreach (var block in function.Blocks)
        {
            for (int i = 0; i < block.Operations.Count; i++)
            {
                if (block.Operations[i] is not Load { Address.Type: IrType.Pointer { Space: AddressSpace.KernelProbe or AddressSpace.User } } load) continue;
                StackSlot slot = new(load.Type.Bytes, load.Type.Bytes);
                slots.Add(slot);
                var lowered = Lower(load, slot);
                block.Operations.RemoveAt(i);
                block.Operations.InsertRange(i, lowered);
                i += lowered.Count - 1;
                substitution.Add(load, lowered[^1]);
            }
        }

        function.Entry.Operations.InsertRange(0, slots);
        substitution.Apply(function);
    }

    private static List<Operation> Lower(Load load, StackSlot slot)
    {
        bool isUser = load.Address.Type is IrType.Pointer { Space: AddressSpace.User };
        List<Operation> lowered = [];
        Value source = load.Address;
        if (load.Offset != 0)
        {
            lowered.Add(new Binary(BinaryOperator.Add, load.Address, new Constant(IrType.I64, load.Offset)));
            source = lowered[^1];
        }

        // The helper clears what it cannot read.
        lowered.Add(new HelperCall(isUser ? HelperId.ProbeReadUser : HelperId.ProbeReadKernel, IrType.I64, slot, new Constant(IrType.I64, load.Type.Bytes), source));
        lowered.Add(new Load(load.Type, slot));
        foreach (var operation in lowered) operation.Source = load.Source;
        return lowered;
    }
}
