// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Machine.Tests.Operations;

namespace Ruche.Bpf.Machine.Tests;

/// <summary>
/// Valid code without sense: any operation on any registers, accesses near and far from memory, jumps both ways, functions that call each
/// other by number and by address, helpers, bounded loops. The same seed gives the same program.
/// </summary>
/// <param name="seed">Which program.</param>
/// <param name="withoutAddresses">Addresses differ from run to run: nothing is computed of the frame pointer and of R1, which stays what it is.</param>
internal sealed class RandomProgram(int seed, bool withoutAddresses = false)
{
    private const int MaxFunctions = 4;
    private const int MaxBody = 40;

    private static readonly AtomicOperation[] Atomics =
    [
        AtomicOperation.Add, AtomicOperation.FetchAdd, AtomicOperation.Or, AtomicOperation.FetchOr, AtomicOperation.And,
        AtomicOperation.FetchAnd, AtomicOperation.Xor, AtomicOperation.FetchXor, AtomicOperation.Exchange, AtomicOperation.CompareExchange,
    ];

    // What the function that is being made keeps the address of another one in, for calls through a register.
    private const Register Pointer = Register.R9;
    private const int PointerSlots = 2;

    private readonly Random _random = new(seed);

    /// <summary>A helper that says something about most of its arguments, fails for some, and counts.</summary>
    public const HelperId Helper = HelperId.GetPrandomU32;

    public static MachineOptions Options { get; } = new()
    {
        // Not R1, which may be an address.
        Helpers = HelperTable.Empty.With(Helper, static (in HelperCall call) =>
            call.Fifth % 64 == 13 ? throw new InvalidOperationException("as asked") : call.Second + (call.Third * 3) + (call.Fourth ^ call.Fifth)),
    };

    public ImmutableArray<Instruction> Generate()
    {
        int[] bodies = [.. Enumerable.Range(0, _random.Next(1, MaxFunctions + 1)).Select(_ => _random.Next(2, MaxBody))];
        int[] starts = [.. bodies.Select((_, f) => bodies.Take(f).Sum() + f)];
        var code = ImmutableArray.CreateBuilder<Instruction>();
        for (int f = 0; f < bodies.Length; f++)
        {
            bool hasPointer = bodies[f] > PointerSlots && _random.Next(3) == 0;
            if (hasPointer)
            {
                code.Add(new(Opcodes.LoadWide, Pointer, (Register)WideSource.Function, 0, Pick(starts) - code.Count - 1));
                code.Add(default);
            }

            for (int i = hasPointer ? PointerSlots : 0; i < bodies[f]; i++) code.Add(Next(code.Count, starts[f], bodies[f], starts, hasPointer));
            code.Add(new(Opcodes.Exit, default, default, 0, 0));
        }

        return code.ToImmutable();
    }

    private Instruction Next(int slot, int start, int body, int[] starts, bool hasPointer) => _random.Next(13) switch
    {
        < 4 => Arithmetic(),
        4 => Extension(),
        5 => ByteOrder(),
        6 or 7 => Access(),
        8 => Atomic(),
        9 or 10 => Jump(slot, start + TargetIn(body, hasPointer)),
        11 => _random.Next(6) switch
        {
            < 3 => new(Opcodes.Call, default, (Register)CallKind.Helper, 0, (int)Helper),
            3 or 4 => new(Opcodes.MayGoto, default, default, (short)(start + TargetIn(body, hasPointer) - slot - 1), 0),
            _ when hasPointer => new(Opcodes.CallRegister, Pointer, default, 0, 0),
            _ => new(Opcodes.CallRegister, Read(), default, 0, 0),
        },
        _ => new(Opcodes.Call, default, (Register)CallKind.Local, 0, Pick(starts) - slot - 1),
    };

    // Not the second half of the address.
    private int TargetIn(int body, bool hasPointer)
    {
        int target = _random.Next(body);
        return hasPointer && target == 1 ? 0 : target;
    }

    private Instruction Arithmetic()
    {
        var operation = Pick(Binary);
        bool register = _random.Next(2) == 0;
        short offset = operation is AluOperation.Div or AluOperation.Mod ? (short)_random.Next(2) : (short)0;
        return new(Opcodes.Of(Wide(InstructionClass.Alu64, InstructionClass.Alu32), operation, register), Written(), register ? Read() : default, offset, register ? 0 : Constant());
    }

    private Instruction Extension()
    {
        bool isWide = _random.Next(2) == 0;
        short width = isWide ? Pick<short>([8, 16, 32]) : Pick<short>([8, 16]);
        return new(Opcodes.Of(isWide ? InstructionClass.Alu64 : InstructionClass.Alu32, AluOperation.Mov, true), Written(), Read(), width, 0);
    }

    private Instruction ByteOrder() =>
        new((byte)Pick([EndianOperation.ToLittle, EndianOperation.ToBig, EndianOperation.Swap]), Written(), default, 0, Pick([16, 32, 64]));

    private Instruction Access()
    {
        var width = Pick(Widths);
        var address = Base();
        short displacement = Displacement(address);
        return _random.Next(4) switch
        {
            0 => new(Opcodes.Of(InstructionClass.LoadX, MemoryMode.Memory, width), Written(), address, displacement, 0),
            1 when width is not MemoryWidth.Double =>
                new(Opcodes.Of(InstructionClass.LoadX, MemoryMode.SignExtended, width), Written(), address, displacement, 0),
            2 => new(Opcodes.Of(InstructionClass.Store, MemoryMode.Memory, width), address, default, displacement, Constant()),
            _ => new(Opcodes.Of(InstructionClass.StoreX, MemoryMode.Memory, width), address, Read(), displacement, 0),
        };
    }

    private Instruction Atomic()
    {
        var address = Base();
        short displacement = Displacement(address);
        if (_random.Next(8) != 0) displacement &= ~7;
        return new(
            Opcodes.Of(InstructionClass.StoreX, MemoryMode.Atomic, Wide(MemoryWidth.Double, MemoryWidth.Word)), address, Written(), displacement, (int)Pick(Atomics));
    }

    private Instruction Jump(int slot, int target)
    {
        short distance = (short)(target - slot - 1);
        if (_random.Next(8) == 0) return new(Opcodes.Goto, default, default, distance, 0);
        bool register = _random.Next(2) == 0;
        return new(Opcodes.Of(Wide(InstructionClass.Jump, InstructionClass.Jump32), Pick(Conditions), register), Read(), register ? Read() : default, distance, register ? 0 : Constant());
    }

    // Mostly where something is: the stack, or the memory that R1 begins with.
    private Register Base() => _random.Next(5) switch
    {
        0 when !withoutAddresses => Read(),
        1 => Register.R1,
        _ => Register.R10,
    };

    private short Displacement(Register address) => (withoutAddresses, address) switch
    {
        (true, Register.R10) => (short)_random.Next(-512, -8),
        (true, _) => (short)_random.Next(0, 57),
        _ => (short)_random.Next(-530, 20),
    };

    private int Constant() => _random.Next(4) switch
    {
        0 => _random.Next(-2, 3),
        1 => _random.Next(-300, 300),
        2 => Pick([int.MinValue, int.MaxValue, 1 << 16]),
        _ => (int)_random.NextInt64(int.MinValue, 1L + int.MaxValue),
    };

    private Register Written() => withoutAddresses ? Number(10) : (Register)_random.Next(10);

    private Register Read() => withoutAddresses ? Number(10) : (Register)_random.Next(11);

    private Register Number(int end)
    {
        int register = _random.Next(end - 1);
        return (Register)(register == 0 ? 0 : register + 1);
    }

    private T Wide<T>(T wide, T narrow) => _random.Next(2) == 0 ? wide : narrow;

    private T Pick<T>(ReadOnlySpan<T> of) => of[_random.Next(of.Length)];
}
