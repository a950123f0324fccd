// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Which registers an instruction reads and which it writes, a bit for each.</summary>
/// <param name="Reads">What it may read.</param>
/// <param name="Writes">What it certainly writes.</param>
internal readonly record struct RegisterUse(int Reads, int Writes)
{
    private const int Arguments = 0b0011_1110;
    private const int LoadArguments = 0b1110;
    private const int Context = 1 << 6;
    private const int FramePointer = 1 << 10;
    private const int Result = 1;
    private const int All = 0x7ff; // a function that no verifier has seen may read whatever its caller left

    // Worked out once for each operation, with bits that stand for whichever registers an instruction names.
    private const int AnyDestination = 14;
    private const int AnySource = 15;

    private static readonly RegisterUse[][] Patterns = [.. Enumerable.Range(0, 4).Select(PatternsOf)];

    /// <summary>Of trusted code it is known that it reads no argument register after a call, since a verifier forbids that.</summary>
    public static RegisterUse Of(in DecodedInstruction i, bool isTrusted, bool isCalled)
    {
        var pattern = Patterns[(isTrusted ? 1 : 0) | (isCalled ? 2 : 0)][(int)i.Operation];
        return new(Named(pattern.Reads, i), Named(pattern.Writes, i));
    }

    private static int Named(int registers, in DecodedInstruction i) =>
        (registers & All) | (((registers >> AnyDestination) & 1) << i.Destination) | (((registers >> AnySource) & 1) << i.Source);

    private static RegisterUse[] PatternsOf(int kind)
    {
        var patterns = new RegisterUse[(int)Enum.GetValues<Operation>().Max() + 1];
        for (int operation = 0; operation < patterns.Length; operation++)
            patterns[operation] = PatternOf(new((Operation)operation, AnyDestination, AnySource, 0, 0), (kind & 1) != 0, (kind & 2) != 0);
        return patterns;
    }

    private static RegisterUse PatternOf(in DecodedInstruction i, bool isTrusted, bool isCalled)
    {
        int d = 1 << i.Destination, s = 1 << i.Source;
        int operation = (int)i.Operation;
        if (operation <= byte.MaxValue)
        {
            switch (operation & 7)
            {
                case 4 or 7:
                    bool hasRegister = (operation & 8) != 0 && i.Operation is not (Operation.Neg32 or Operation.Neg64);
                    bool isMove = (operation & 0xf0) == 0xb0;
                    return new((hasRegister ? s : 0) | (isMove ? 0 : d), d);
                case 1:
                    return new(s, d);
                case 2:
                    return new(d, 0);
                case 3:
                    return new(d | s, 0);
                case 0:
                    return new(0, d); // a wide load
                default:
                    return i.Operation switch
                    {
                        Operation.CallHelper => new(Arguments | FramePointer, isTrusted ? Result | Arguments : Result),
                        Operation.CallRegister => isTrusted ? new(d | Arguments | FramePointer, Result | Arguments) : new(All, Result),
                        Operation.Exit => new(Result | (isCalled && !isTrusted ? Arguments : 0), 0),
                        Operation.Goto or Operation.GotoLong or Operation.MayGoto => default,
                        _ => new(d | (ConditionalJumps.HasRegister(i.Operation) ? s : 0), 0),
                    };
            }
        }

        return i.Operation switch
        {
            >= Operation.SignedDiv64Immediate and <= Operation.SignedMod32 => new(d | s, d),
            >= Operation.MovSigned8To64 and <= Operation.MovSigned16To32 => new(s, d),
            Operation.TailCall or Operation.LookupElement => new(Arguments | FramePointer, isTrusted ? Result | Arguments : Result),
            Operation.LoadPacket or Operation.LoadPacketIndexed =>
                new(Context | FramePointer | (i.Operation is Operation.LoadPacketIndexed ? s : 0), Result | (isTrusted ? Arguments : LoadArguments)),
            Operation.CallLocal => isTrusted ? new(Arguments | FramePointer, Result | Arguments) : new(All, Result),
            Operation.Nothing => default,
            >= Operation.Truncate16 and <= Operation.Swap64 => new(d, d),
            Operation.AtomicCompareExchange32 or Operation.AtomicCompareExchange64 => new(d | s | Result, Result),
            >= Operation.LoadAcquireByte and <= Operation.LoadAcquireDouble => new(s, d),
            >= Operation.StoreReleaseByte => new(d | s, 0),
            _ => new(d | s, IsFetch(i.Operation) ? s : 0),
        };
    }

    private static bool IsFetch(Operation operation) => operation is Operation.AtomicFetchAdd32 or Operation.AtomicFetchAdd64
        or Operation.AtomicFetchOr32 or Operation.AtomicFetchOr64 or Operation.AtomicFetchAnd32 or Operation.AtomicFetchAnd64
        or Operation.AtomicFetchXor32 or Operation.AtomicFetchXor64 or Operation.AtomicExchange32 or Operation.AtomicExchange64;
}
