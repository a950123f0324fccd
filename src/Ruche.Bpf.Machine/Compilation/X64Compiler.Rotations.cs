// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>
/// Rotations, which the instruction set does not have: a copy, the one shifted left and the other right by what is missing to the width, and
/// both joined.
/// </content>
internal sealed partial class X64Compiler
{
    private const int RotationSlots = 4;

    private bool Rotation(int slot, in DecodedInstruction copy)
    {
        if (copy.Operation is not (Operation.Mov32 or Operation.Mov64) || slot + RotationSlots > _code.Length) return false;
        if (copy.Source is FramePointer || copy.Destination == copy.Source) return false;
        var (one, other, join) = (_code[slot + 1], _code[slot + 2], _code[slot + 3]);
        if (one.Destination == copy.Source) (one, other) = (other, one);
        if (one.Destination != copy.Destination || other.Destination != copy.Source) return false;
        bool wide = join.Operation is Operation.Or64;
        if (!wide && join.Operation is not Operation.Or32) return false;
        var (left, right) = wide ? (Operation.Lsh64Immediate, Operation.Rsh64Immediate) : (Operation.Lsh32Immediate, Operation.Rsh32Immediate);
        if (!(one.Operation == left && other.Operation == right) && !(one.Operation == right && other.Operation == left)) return false;
        int width = wide ? 64 : 32;
        if ((one.Immediate & (width - 1)) == 0 || (one.Immediate & (width - 1)) + (other.Immediate & (width - 1)) != width) return false;
        bool isIntoCopy = join.Destination == copy.Destination && join.Source == copy.Source;
        if (!isIntoCopy && !(join.Destination == copy.Source && join.Source == copy.Destination)) return false;
        int last = slot + RotationSlots - 1;
        if ((_flow.LiveAfter(last) & (1 << join.Source)) != 0) return false;
        for (int inside = slot + 1; inside <= last; inside++)
            if (_layout.IsTarget(inside)) return false;
        if (wide && copy.Operation is Operation.Mov32) return false;

        Redefine(join.Destination, last, 1 << copy.Source);
        var from = HostOf(copy.Source, wide);
        var to = Host(join.Destination);
        if (from != to) _x.Move(wide, to, from);
        _x.Shift(X64Shift.RotateLeft, wide, to, (int)(one.Operation == left ? one : other).Immediate & (width - 1));
        _deferred &= ~(1 << join.Source);
        Now(join.Destination, last);
        _skipped = RotationSlots - 1;
        return true;
    }
}
