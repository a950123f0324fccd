// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;

namespace Ruche.Trace.Lowering;

internal sealed partial class ProbeLowering
{
    // What the kernel's own search says of text that is not there: ENOENT.
    private const int NotFound = -2;

    /// <summary>How many bytes a text has before its end.</summary>
    public Value LengthOf(BoundExpression text) => text is BoundExpression.Literal x ? Number(x.Bytes.Length) : LengthAt(PlaceOf(text), ValueLayout.SizeOf(text.Type));

    /// <summary>Where a text has a part first; <c>-2</c> when nowhere.</summary>
    public Value IndexOf(BoundExpression text, BoundExpression part)
    {
        Place where = Searched(text), what = Searched(part);
        int size = ValueLayout.SizeOf(text.Type), partSize = ValueLayout.SizeOf(part.Type);
        Place at = Temporary(Word), matched = Temporary(Word), found = Temporary(Word);
        Store(found, Number(NotFound), Word);
        Store(at, UnknownZero(), Word);
        Block from = NewBlock("from"), compare = NewBlock("compare"), next = NewBlock("next"), whole = NewBlock("whole"), end = NewBlock("found");

        Enter(from);
        AskToGoOn(end);
        var start = Load(at, TraceType.UInt64);
        GoOn(Compare(Comparison.Below, start, Number(size)), NewBlock("inside"), end, isLast: false);
        Store(matched, UnknownZero(), Word);

        Enter(compare);
        AskToGoOn(end);
        var position = Load(matched, TraceType.UInt64);
        GoOn(Compare(Comparison.Below, position, Number(partSize)), NewBlock("part"), whole, isLast: false);
        var wanted = ByteAt(what, position);
        GoOn(Compare(Comparison.NotEqual, wanted, Number(0)), NewBlock("wanted"), whole, isLast: false);
        var there = Combine(BinaryOperator.Add, Load(at, TraceType.UInt64), position);
        GoOn(Compare(Comparison.Below, there, Number(size)), NewBlock("there"), end, isLast: false);
        GoOn(Compare(Comparison.Equal, ByteAt(where, there), wanted), NewBlock("same"), next, isLast: false);
        Store(matched, Combine(BinaryOperator.Add, position, Number(1)), Word);
        JumpTo(compare);

        EnterFresh(next);
        Store(at, Combine(BinaryOperator.Add, Load(at, TraceType.UInt64), Number(1)), Word);
        JumpTo(from);

        EnterFresh(whole);
        Store(found, Load(at, TraceType.UInt64), Word);
        Enter(end);
        return Load(found, TraceType.Int64);
    }

    /// <summary>Writes two texts, one behind the other.</summary>
    public void WriteJoined(BoundExpression first, BoundExpression second, Place to, int size)
    {
        int capacity = ValueLayout.SizeOf(first.Type), whole = capacity + ValueLayout.SizeOf(second.Type) - 1;
        if (whole > size)
        {
            // The verifier does not see that one is the shorter the longer the other is: they are cut behind where both have room.
            var room = InScratch(whole);
            WriteJoined(first, second, room, whole);
            CopyText(to, AddressOf(room), size, isUser: false, clears: true);
            return;
        }

        Fill(PlaceOf(first), first.Type, to, first.Type);
        Clear(to.Plus(capacity), size - capacity);
        var length = Limit(LengthOf(first), capacity - 1);
        var from = PlaceOf(second);
        var behind = Add(new Binary(BinaryOperator.Add, AddressOf(to), length));
        Call(from.Reach is Reach.User ? HelperId.ProbeReadUserStr : HelperId.ProbeReadKernelStr, behind, Number(ValueLayout.SizeOf(second.Type)), AddressOf(from));
    }

    /// <summary>Which of two is greater in their first bytes: -1, 0 or 1.</summary>
    public Value OrderOf(BoundExpression left, BoundExpression right, int length)
    {
        Place a = Own(left), b = Own(right), order = Temporary(Word);
        var end = NewBlock("compared");
        Store(order, Number(0), Word);
        foreach (var (offset, bytes) in Steps(a, b, length))
        {
            var type = IrType.IntOf(bytes * 8);
            Value x = Add(new Load(type, a.Address, a.Offset + offset)), y = Add(new Load(type, b.Address, b.Offset + offset));
            Block differ = NewBlock("differ"), same = NewBlock("same");
            Branch(Compare(Comparison.Equal, x, y), same, differ);
            EnterFresh(differ);

            // The first byte weighs most.
            if (bytes > 1) (x, y) = (Add(new SwapBytes(x)), Add(new SwapBytes(y)));
            Store(order, Add(new Select(Compare(Comparison.Below, x, y), Number(-1), Number(1))), Word);
            JumpTo(end);
            EnterFresh(same);
        }

        Enter(end);
        return Load(order, TraceType.Int64);
    }

    // The helper says how many bytes it has copied, the end among them.
    private Value LengthAt(Place text, int capacity)
    {
        var copied = CopyText(Temporary(capacity), AddressOf(text), capacity, text.Reach is Reach.User, clears: false);
        return Combine(BinaryOperator.Sub, Add(new Select(Compare(Comparison.Less, copied, Number(1)), Number(1), copied)), Number(1));
    }

    // On the stack, older kernels allow no access whose place they do not know.
    private Place Searched(BoundExpression text)
    {
        int size = ValueLayout.SizeOf(text.Type);
        var copy = InScratch(size);
        Write(text, copy, text.Type);
        return copy;
    }

    private Value ByteAt(Place text, Value position) => Load(text with { Address = Add(new Binary(BinaryOperator.Add, text.Address, position)), IsAligned = false }, TraceType.UInt8);

    // A number that the verifier knew would make it go through all rounds of a loop.
    private Value UnknownZero() => Script.Target.HasMayGoto ? Shared(SharedState.UnknownZero) : Number(0);
}
