// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// What is known about registers at each instruction: whose value is still wanted after it, and whose upper half is zero before it.
/// </summary>
internal sealed class RegisterFlow
{
    private const int All = 0x7ff;

    private readonly ushort[] _liveBefore;
    private readonly ushort[] _liveAfter;
    private readonly ushort[] _shortBefore;

    private RegisterFlow(int length) => (_liveBefore, _liveAfter, _shortBefore) = (new ushort[length], new ushort[length], new ushort[length]);

    public static RegisterFlow Of(DecodedInstruction[] code, CodeLayout layout, bool isTrusted)
    {
        RegisterFlow flow = new(code.Length);
        flow.FindLive(code, layout, isTrusted);
        flow.FindShort(code, layout);
        return flow;
    }

    /// <summary>The registers that something after an instruction may read.</summary>
    public int LiveAfter(int slot) => _liveAfter[slot];

    /// <summary>The registers that an instruction or something after it may read.</summary>
    public int LiveBefore(int slot) => _liveBefore[slot];

    /// <summary>The registers whose upper half is zero when an instruction begins.</summary>
    public int ShortBefore(int slot) => _shortBefore[slot];

    /// <summary>The registers whose upper half is zero after an instruction, of those before it.</summary>
    public static int ShortAfter(DecodedInstruction i, int before)
    {
        int d = 1 << i.Destination;
        bool isShort;
        switch (i.Operation)
        {
            case Operation.CallHelper or Operation.CallLocal or Operation.CallRegister:
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
                if (RegisterUse.Of(i, isTrusted: false, isCalled: false).Writes == 0) return before;
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

    // Backwards until nothing changes: a loop takes one more round for each loop around it.
    private void FindLive(DecodedInstruction[] code, CodeLayout layout, bool isTrusted)
    {
        bool isChanged = true;
        while (isChanged)
        {
            isChanged = false;
            for (int slot = code.Length - 1; slot >= 0; slot--)
            {
                if (layout.IsPadding(slot)) continue;
                var i = code[slot];
                int after = 0;
                if (CodeLayout.IsJump(i.Operation)) after |= _liveBefore[i.Target];
                if (CodeLayout.FallsThrough(i.Operation)) after |= _liveBefore[layout.Next(slot)];
                var use = RegisterUse.Of(i, isTrusted, layout.FunctionOf(slot).IsCalled);
                int before = (after & ~use.Writes) | use.Reads;
                isChanged |= before != _liveBefore[slot];
                (_liveBefore[slot], _liveAfter[slot]) = ((ushort)before, (ushort)after);
            }
        }
    }

    // Forwards, from what is zero at the start of each function, until nothing is taken away any more.
    private void FindShort(DecodedInstruction[] code, CodeLayout layout)
    {
        Array.Fill(_shortBefore, (ushort)All);
        foreach (int start in layout.Functions) _shortBefore[start] = (ushort)(start == 0 && !layout.FunctionOf(0).IsCalled ? All & ~0b0000_0110 & ~(1 << 10) : 0);
        bool isChanged = true;
        while (isChanged)
        {
            isChanged = false;
            for (int slot = 0; slot < code.Length; slot++)
            {
                if (layout.IsPadding(slot)) continue;
                var i = code[slot];
                int after = ShortAfter(i, _shortBefore[slot]);
                if (CodeLayout.IsJump(i.Operation)) isChanged |= Take(i.Target, after);
                if (CodeLayout.FallsThrough(i.Operation)) isChanged |= Take(layout.Next(slot), after);
            }
        }

        bool Take(int slot, int known)
        {
            int kept = _shortBefore[slot] & known;
            bool isLess = kept != _shortBefore[slot];
            _shortBefore[slot] = (ushort)kept;
            return isLess;
        }
    }
}
