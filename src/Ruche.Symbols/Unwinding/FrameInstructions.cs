// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>Follows the instructions that say how a frame changes from place to place in a function (DW_CFA_*), for x64.</summary>
internal sealed class FrameInstructions(FrameCommon common)
{
    private const ulong FramePointer = 6;
    private const ulong StackPointer = 7;
    private const int Word = 8;

    private readonly Stack<FrameState> _remembered = [];
    private FrameState _state = common.Start;

    /// <summary>What holds at the start of each of the functions that have something in common.</summary>
    public static FrameState StartOf(FrameCommon common, FrameCursor instructions)
    {
        FrameInstructions start = new(common);
        ulong place = 0;
        while (!instructions.IsAtEnd)
        {
            start.Step(ref instructions, ref place);
            if (place != 0) FrameCursor.Refuse("what functions have in common speaks of places in them");
        }

        return start._state;
    }

    /// <summary>Adds the rows of a function.</summary>
    public static void Follow(FrameCommon common, FrameCursor instructions, uint start, uint end, List<UnwindRow> rows)
    {
        FrameInstructions function = new(common);
        ulong place = start, begun = start;
        while (!instructions.IsAtEnd)
        {
            var before = function._state;
            function.Step(ref instructions, ref place);
            if (place == begun) continue;
            if (place < begun) FrameCursor.Refuse("the places of a function are not in order");
            if (place >= end)
            {
                rows.Add(before.ToRow((uint)begun));
                return;
            }

            rows.Add(before.ToRow((uint)begun));
            begun = place;
        }

        rows.Add(function._state.ToRow((uint)begun));
    }

    private void Step(ref FrameCursor from, ref ulong place)
    {
        byte code = from.U8();
        ulong low = code & 0x3fu;
        switch (code >> 6)
        {
            case 1: place += low * common.CodeFactor; break;
            case 2: Save(low, (long)from.Unsigned() * common.DataFactor); break;
            case 3: Restore(low); break;
            default: StepLong(code, ref from, ref place); break;
        }
    }

    private void StepLong(byte code, ref FrameCursor from, ref ulong place)
    {
        switch (code)
        {
            case 0x00: break;
            case 0x01: place = from.Pointer(common.Pointers); break;
            case 0x02: place += from.U8() * common.CodeFactor; break;
            case 0x03: place += from.U16() * common.CodeFactor; break;
            case 0x04: place += from.U32() * common.CodeFactor; break;
            case 0x05: Save(from.Unsigned(), (long)from.Unsigned() * common.DataFactor); break;
            case 0x06: Restore(from.Unsigned()); break;
            case 0x07: Lose(from.Unsigned()); break;
            case 0x08: Keep(from.Unsigned()); break;
            case 0x0a: _remembered.Push(_state); break;
            case 0x0b: Recall(); break;
            case 0x0c: DefineCfa(from.Unsigned(), (long)from.Unsigned()); break;
            case 0x0d: DefineCfa(from.Unsigned(), _state.CfaOffset); break;
            case 0x0e: MoveCfa((long)from.Unsigned()); break;
            case 0x0f: DefineCfa(CfaExpression.Of(from.Take(from.Unsigned()))); break;
            case 0x10: SaveByExpression(from.Unsigned(), from.Take(from.Unsigned())); break;
            case 0x11: Save(from.Unsigned(), from.Signed() * common.DataFactor); break;
            case 0x12: DefineCfa(from.Unsigned(), from.Signed() * common.DataFactor); break;
            case 0x13: MoveCfa(from.Signed() * common.DataFactor); break;
            case 0x2e: from.Unsigned(); break;
            case 0x2f: Save(from.Unsigned(), -((long)from.Unsigned() * common.DataFactor)); break;

            // A register is another register, or a value that is computed.
            case 0x09 or 0x14: MakeStrange(from.Unsigned()); from.Unsigned(); break;
            case 0x15: MakeStrange(from.Unsigned()); from.Signed(); break;
            case 0x16: MakeStrange(from.Unsigned()); from.Take(from.Unsigned()); break;
            default: FrameCursor.Refuse($"instruction 0x{code:x2} is not known"); break;
        }
    }

    private void Recall()
    {
        if (!_remembered.TryPop(out var state)) FrameCursor.Refuse("a state is recalled that was not remembered");
        _state = state;
    }

    private void DefineCfa(ulong register, long offset) => DefineCfa((register switch
    {
        StackPointer => CfaKind.Stack,
        FramePointer => CfaKind.Frame,
        _ => CfaKind.Unknown,
    }, Distance(offset)));

    private void DefineCfa((CfaKind Kind, int Offset) cfa) => (_state.Cfa, _state.CfaOffset) = cfa;

    private void MoveCfa(long offset) => _state.CfaOffset = Distance(offset);

    private void Save(ulong register, long offset)
    {
        if (register == common.ReturnRegister) _state.Return = offset == -Word ? ReturnAddressRule.BelowCfa : ReturnAddressRule.Strange;
        if (register == FramePointer) (_state.Saved, _state.SavedOffset, _state.HasStrangeFrame) = (SavedFrameKind.AtCfa, Distance(offset), false);
    }

    private void SaveByExpression(ulong register, ReadOnlySpan<byte> expression)
    {
        if (register == FramePointer && CfaExpression.IsFramePointer(expression, out int offset))
            (_state.Saved, _state.SavedOffset, _state.HasStrangeFrame) = (SavedFrameKind.AtFrame, offset, false);
        else MakeStrange(register);
    }

    private void Restore(ulong register)
    {
        if (register == common.ReturnRegister) _state.Return = common.Start.Return;
        if (register == FramePointer)
            (_state.Saved, _state.SavedOffset, _state.HasStrangeFrame) = (common.Start.Saved, common.Start.SavedOffset, common.Start.HasStrangeFrame);
    }

    private void Lose(ulong register)
    {
        if (register == common.ReturnRegister) _state.Return = ReturnAddressRule.None;

        // A frame pointer that is lost is not needed above: what callers have of it is as good as any.
        Keep(register);
    }

    private void Keep(ulong register)
    {
        if (register == FramePointer) (_state.Saved, _state.SavedOffset, _state.HasStrangeFrame) = (SavedFrameKind.Same, 0, false);
    }

    private void MakeStrange(ulong register)
    {
        if (register == common.ReturnRegister) _state.Return = ReturnAddressRule.Strange;
        if (register == FramePointer) _state.HasStrangeFrame = true;
    }

    // Beyond this nothing is expressed in a row, which then says that nothing is known.
    private static int Distance(long offset) => (int)Math.Clamp(offset, int.MinValue, int.MaxValue);
}
