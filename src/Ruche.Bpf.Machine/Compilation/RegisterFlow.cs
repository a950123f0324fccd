// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// What is known about registers at each instruction: whose value is still wanted after it, and whose upper half is zero before it.
/// </summary>
internal sealed class RegisterFlow
{
    private const int All = 0x7ff;
    private const int AtEntry = All & ~0b100_0000_0110; // the two arguments and the frame pointer may be long

    private readonly DecodedInstruction[] _code;
    private readonly CodeLayout _layout;
    private readonly BlockGraph _blocks;
    private readonly RegisterUse[] _uses;
    private readonly ushort[] _liveBefore;
    private readonly ushort[] _liveAfter;
    private readonly ushort[] _shortBefore;

    private RegisterFlow(DecodedInstruction[] code, CodeLayout layout, bool isTrusted)
    {
        (_code, _layout) = (code, layout);
        _blocks = BlockGraph.Of(code, layout);
        _uses = new RegisterUse[code.Length];
        for (int slot = 0; slot < code.Length; slot = layout.Next(slot)) _uses[slot] = RegisterUse.Of(code[slot], isTrusted, layout.FunctionOf(slot).IsCalled);
        (_liveBefore, _liveAfter, _shortBefore) = (new ushort[code.Length], new ushort[code.Length], new ushort[code.Length]);
    }

    public static RegisterFlow Of(DecodedInstruction[] code, CodeLayout layout, bool isTrusted)
    {
        RegisterFlow flow = new(code, layout, isTrusted);
        flow.FindLive();
        flow.FindShort();
        return flow;
    }

    /// <summary>The registers that something after an instruction may read.</summary>
    public int LiveAfter(int slot) => _liveAfter[slot];

    /// <summary>The registers that an instruction or something after it may read.</summary>
    public int LiveBefore(int slot) => _liveBefore[slot];

    /// <summary>The registers whose upper half is zero when an instruction begins.</summary>
    public int ShortBefore(int slot) => _shortBefore[slot];

    /// <summary>What an instruction reads and writes.</summary>
    public RegisterUse Use(int slot) => _uses[slot];

    /// <summary>The registers whose upper half is zero after an instruction, of those before it.</summary>
    public int ShortAfter(int slot, int before) => ShortAfter(_code[slot], _uses[slot].Writes, before);

    private static int ShortAfter(in DecodedInstruction i, int writes, int before)
    {
        int d = 1 << i.Destination;
        bool isShort;
        switch (i.Operation)
        {
            case Operation.CallHelper or Operation.LookupElement or Operation.TailCall or Operation.CallLocal or Operation.CallRegister or Operation.LoadPacket or Operation.LoadPacketIndexed:
                return before & ~0b0011_1111;
            case Operation.AtomicCompareExchange32:
                return before | 1;
            case Operation.AtomicCompareExchange64:
                return before & ~1;
            case >= Operation.AtomicAdd32 and <= Operation.AtomicExchange32:
                return before; // a fetch writes the lower half and clears the upper one, an add without it nothing
            case >= Operation.AtomicAdd64 and <= Operation.AtomicExchange64:
                return before & ~(1 << i.Source);
            case Operation.Mov64:
                isShort = (before & (1 << i.Source)) != 0;
                break;
            case Operation.Mov64Immediate or Operation.LoadWide or Operation.And64Immediate:
                isShort = (ulong)i.Immediate <= uint.MaxValue && (i.Operation is not Operation.And64Immediate || i.Immediate >= 0);
                break;
            case Operation.Rsh64Immediate:
                isShort = (i.Immediate & 63) >= 32 || (before & d) != 0;
                break;
            case Operation.And64 or Operation.Or64 or Operation.Xor64:
                int both = d | (1 << i.Source);
                isShort = (before & both) == both;
                break;
            case Operation.Nothing:
                return before;
            default:
                if (writes == 0) return before;
                isShort = IsNarrow(i.Operation);
                break;
        }

        return isShort ? before | d : before & ~d;
    }

    private static bool IsNarrow(Operation operation) => operation switch
    {
        Operation.LoadByte or Operation.LoadHalf or Operation.LoadWord => true,
        Operation.LoadAcquireByte or Operation.LoadAcquireHalf or Operation.LoadAcquireWord => true,
        Operation.SignedDiv32 or Operation.SignedDiv32Immediate or Operation.SignedMod32 or Operation.SignedMod32Immediate => true,
        Operation.MovSigned8To32 or Operation.MovSigned16To32 => true,
        Operation.Truncate16 or Operation.Truncate32 or Operation.Swap16 or Operation.Swap32 => true,
        _ => (int)operation <= byte.MaxValue && ((int)operation & 7) == 4,
    };

    // Backwards, and again where what comes after turned out to want more. A block can want more only as often as there are registers.
    private void FindLive()
    {
        Worklist open = new(_blocks.Count);
        for (int block = 0; block < _blocks.Count; block++) open.Add(block);
        while (open.TryTake(out int block))
        {
            var (behind, target) = _blocks.Successors(block);
            int live = (behind < 0 ? 0 : _liveBefore[_blocks.Slots(behind).Start]) | (target < 0 ? 0 : _liveBefore[_blocks.Slots(target).Start]);
            var (start, end) = _blocks.Slots(block);
            int before = _liveBefore[start];
            for (int slot = end - 1; slot >= start; slot--)
            {
                if (_layout.IsPadding(slot)) continue;
                _liveAfter[slot] = (ushort)live;
                live = (live & ~_uses[slot].Writes) | _uses[slot].Reads;
                _liveBefore[slot] = (ushort)live;
            }

            if (live == before) continue;
            foreach (int predecessor in _blocks.Predecessors(block)) open.Add(predecessor);
        }
    }

    // Forwards, from what is zero at the start of each function, until nothing is taken away any more.
    private void FindShort()
    {
        Array.Fill(_shortBefore, (ushort)All);
        foreach (int start in _layout.Functions) _shortBefore[start] = (ushort)(start == 0 && !_layout.FunctionOf(0).IsCalled ? AtEntry : 0);
        Worklist open = new(_blocks.Count);
        for (int block = _blocks.Count - 1; block >= 0; block--) open.Add(block);
        while (open.TryTake(out int block))
        {
            var (start, end) = _blocks.Slots(block);
            int known = _shortBefore[start];
            for (int slot = start; slot < end; slot = _layout.Next(slot))
            {
                _shortBefore[slot] = (ushort)known;
                known = ShortAfter(_code[slot], _uses[slot].Writes, known);
            }

            var (behind, target) = _blocks.Successors(block);
            if (behind >= 0) Take(open, behind, known);
            if (target >= 0) Take(open, target, known);
        }
    }

    private void Take(Worklist open, int block, int known)
    {
        ref ushort before = ref _shortBefore[_blocks.Slots(block).Start];
        if ((before & known) == before) return;
        before &= (ushort)known;
        open.Add(block);
    }
}
