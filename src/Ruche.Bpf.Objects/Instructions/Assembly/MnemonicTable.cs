// SPDX-License-Identifier: MIT

namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>The mnemonics of the conformance suite's dialect, such as <c>mov32</c>, <c>ldxdw</c> and <c>jne</c>.</summary>
internal static class MnemonicTable
{
    private static readonly (string Suffix, MemoryWidth Width)[] Widths =
        [("b", MemoryWidth.Byte), ("h", MemoryWidth.Half), ("w", MemoryWidth.Word), ("dw", MemoryWidth.Double)];

    private static readonly (string Name, AluOperation Operation, short Offset)[] Arithmetic =
    [
        ("add", AluOperation.Add, 0), ("sub", AluOperation.Sub, 0), ("mul", AluOperation.Mul, 0), ("div", AluOperation.Div, 0),
        ("or", AluOperation.Or, 0), ("and", AluOperation.And, 0), ("lsh", AluOperation.Lsh, 0), ("rsh", AluOperation.Rsh, 0),
        ("mod", AluOperation.Mod, 0), ("xor", AluOperation.Xor, 0), ("mov", AluOperation.Mov, 0), ("arsh", AluOperation.Arsh, 0),
        ("sdiv", AluOperation.Div, 1), ("smod", AluOperation.Mod, 1),
    ];

    private static readonly (string Name, JumpOperation Operation)[] Jumps =
    [
        ("jeq", JumpOperation.Equal), ("jne", JumpOperation.NotEqual), ("jset", JumpOperation.Set),
        ("jgt", JumpOperation.Greater), ("jge", JumpOperation.GreaterOrEqual),
        ("jlt", JumpOperation.Less), ("jle", JumpOperation.LessOrEqual),
        ("jsgt", JumpOperation.SignedGreater), ("jsge", JumpOperation.SignedGreaterOrEqual),
        ("jslt", JumpOperation.SignedLess), ("jsle", JumpOperation.SignedLessOrEqual),
    ];

    private static readonly (string Name, AtomicOperation Operation)[] Atomics =
    [
        ("add", AtomicOperation.Add), ("or", AtomicOperation.Or), ("and", AtomicOperation.And), ("xor", AtomicOperation.Xor),
        ("fetch add", AtomicOperation.FetchAdd), ("fetch or", AtomicOperation.FetchOr), ("fetch and", AtomicOperation.FetchAnd),
        ("fetch xor", AtomicOperation.FetchXor), ("xchg", AtomicOperation.Exchange), ("cmpxchg", AtomicOperation.CompareExchange),
    ];

    private static readonly Dictionary<string, Mnemonic> Table = All().ToDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Table.Keys.Where(name => Table[name].Shape is not MnemonicShape.Lock);

    public static bool TryFind(string name, out Mnemonic mnemonic) =>
        Table.TryGetValue(name, out mnemonic) && mnemonic.Shape is not MnemonicShape.Lock;

    /// <summary>Finds the operation of a <c>lock</c>, such as <c>add32</c> or <c>fetch add</c>.</summary>
    public static bool TryFindLock(string name, out Mnemonic mnemonic) => Table.TryGetValue($"lock {name}", out mnemonic);

    private static Dictionary<string, Mnemonic> All()
    {
        Dictionary<string, Mnemonic> table = new(StringComparer.Ordinal);
        AddArithmetic(table);
        AddMoves(table);
        AddMemory(table);
        AddJumps(table);
        return table;
    }

    private static void AddArithmetic(Dictionary<string, Mnemonic> table)
    {
        foreach (var (name, operation, offset) in Arithmetic)
        {
            Mnemonic wide = new(MnemonicShape.Arithmetic, Insn.Alu64(operation, default, 0).WithOffset(offset));
            table[name] = table[$"{name}64"] = wide;
            table[$"{name}32"] = new(MnemonicShape.Arithmetic, Insn.Alu32(operation, default, 0).WithOffset(offset));
        }

        table["neg"] = table["neg64"] = new(MnemonicShape.Unary, Insn.Neg64(default));
        table["neg32"] = new(MnemonicShape.Unary, Insn.Neg32(default));
    }

    private static void AddMoves(Dictionary<string, Mnemonic> table)
    {
        foreach (int bits in (ReadOnlySpan<int>)[16, 32, 64])
        {
            table[$"le{bits}"] = new(MnemonicShape.Unary, Insn.Endian(EndianOperation.ToLittle, default, bits));
            table[$"be{bits}"] = new(MnemonicShape.Unary, Insn.Endian(EndianOperation.ToBig, default, bits));
            table[$"bswap{bits}"] = table[$"swap{bits}"] = new(MnemonicShape.Unary, Insn.Endian(EndianOperation.Swap, default, bits));
        }

        foreach (int bits in (ReadOnlySpan<int>)[8, 16, 32])
        {
            table[$"movsx{bits}64"] = new(MnemonicShape.Move, Insn.MovSx64(default, default(Register), bits));
            if (bits < 32) table[$"movsx{bits}32"] = new(MnemonicShape.Move, Insn.MovSx32(default, default(Register), bits));
        }
    }

    private static void AddMemory(Dictionary<string, Mnemonic> table)
    {
        foreach (var (suffix, width) in Widths)
        {
            table[$"ldx{suffix}"] = new(MnemonicShape.Load, Insn.Load(width, default, default, 0));
            table[$"st{suffix}"] = new(MnemonicShape.StoreImmediate, Insn.Store(width, default, 0, immediate: 0));
            table[$"stx{suffix}"] = new(MnemonicShape.StoreRegister, Insn.Store(width, default, 0, source: default));
            if (width is MemoryWidth.Double) continue;
            table[$"ldxs{suffix}"] = new(MnemonicShape.Load, Insn.LoadSigned(width, default, default, 0));
            table[$"ldabs{suffix}"] = new(MnemonicShape.LoadAbsolute, Insn.LoadPacket(width, 0));
            table[$"ldind{suffix}"] = new(MnemonicShape.LoadIndirect, Insn.LoadPacket(width, default, 0));
        }

        table["lddw"] = new(MnemonicShape.LoadWide, Insn.LoadWide(default, 0)[0]);
        foreach (var (name, operation) in Atomics)
        {
            Mnemonic wide = new(MnemonicShape.Lock, Insn.Atomic(operation, MemoryWidth.Double, default, 0, default));
            table[$"lock {name}"] = table[$"lock {name}64"] = wide;
            table[$"lock {name}32"] = new(MnemonicShape.Lock, Insn.Atomic(operation, MemoryWidth.Word, default, 0, default));
        }
    }

    private static void AddJumps(Dictionary<string, Mnemonic> table)
    {
        foreach (var (name, operation) in Jumps)
        {
            table[name] = new(MnemonicShape.Jump, Insn.Jump(operation, default, 0, 0));
            table[$"{name}32"] = new(MnemonicShape.Jump, Insn.Jump32(operation, default, 0, 0));
        }

        table["ja"] = new(MnemonicShape.Goto, Insn.Goto(0));
        table["ja32"] = new(MnemonicShape.Goto, Insn.GotoLong(0));
    }
}
