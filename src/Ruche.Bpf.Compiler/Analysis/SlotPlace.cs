// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>A place in a slot, at a distance that is known.</summary>
internal static class SlotPlace
{
    /// <summary>The slot that an address leads into, and how far; null when it leads elsewhere, or nobody knows how far.</summary>
    public static (StackSlot Slot, int Distance)? Behind(Value value)
    {
        long distance = 0;
        while (value is Binary { Operator: BinaryOperator.Add, Right: Constant constant } sum) (value, distance) = (sum.Left, distance + constant.Signed);
        return value is StackSlot slot ? (slot, (int)distance) : null;
    }
}
