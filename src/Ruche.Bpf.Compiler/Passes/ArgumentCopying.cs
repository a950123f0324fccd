// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// A key or a value that lies in the context, or in an object of the kernel, is handed to a helper as a copy on the stack: helpers read memory of the program
/// only. A context is read in its own words, a field of an object as a whole.
/// </summary>
internal static class ArgumentCopying
{
    private const int Word = 4;

    public static void Run(Module module, Function function)
    {
        List<StackSlot> slots = [];
        foreach (var block in function.Blocks)
        {
            for (int i = 0; i < block.Operations.Count; i++)
            {
                if (block.Operations[i] is HelperCall call) i += Copy(module, block, call, i, slots);
            }
        }

        function.Entry.Operations.InsertRange(0, slots);
    }

    /// <summary>How many operations were put before the call.</summary>
    private static int Copy(Module module, Block block, HelperCall call, int at, List<StackSlot> slots)
    {
        List<Operation> made = [];
        for (int operand = 0; operand < call.Operands.Count; operand++)
        {
            var address = call.Operands[operand];
            if (HelperMemory.IsRead(call, operand) && HelperMemory.BytesOf(module, call, operand) is { } bytes && WidthFor(address, bytes) is { } width)
            {
                StackSlot slot = new(bytes, Math.Min(bytes & -bytes, 8)) { Name = address.Name };
                slots.Add(slot);
                for (int offset = 0; offset < bytes; offset += width)
                {
                    Load load = new(IrType.IntOf(width * 8), address, offset);
                    made.AddRange([load, new Store(slot, offset, load)]);
                }

                call.Replace(operand, slot);
            }
        }

        foreach (var operation in made) operation.Source = call.Source;
        block.Operations.InsertRange(at, made);
        return made.Count;
    }

    // Null where helpers read themselves, or nobody knows which fields there are.
    private static int? WidthFor(Value address, int bytes) => address.Type switch
    {
        IrType.Pointer { Space: AddressSpace.Context } => Math.Min(bytes & -bytes, Word),
        IrType.Pointer { Space: AddressSpace.Kernel } when bytes is 1 or 2 or 4 or 8 => bytes,
        _ => null,
    };
}
