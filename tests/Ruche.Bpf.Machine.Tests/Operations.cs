// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Machine.Tests;

/// <summary>What generated programs are made of.</summary>
internal static class Operations
{
    /// <summary>Arithmetic with two operands.</summary>
    public static readonly AluOperation[] Binary =
    [
        AluOperation.Add, AluOperation.Sub, AluOperation.Mul, AluOperation.Div, AluOperation.Or, AluOperation.And, AluOperation.Lsh,
        AluOperation.Rsh, AluOperation.Mod, AluOperation.Xor, AluOperation.Mov, AluOperation.Arsh,
    ];

    /// <summary>What jumps ask.</summary>
    public static readonly JumpOperation[] Conditions =
    [
        JumpOperation.Equal, JumpOperation.Greater, JumpOperation.GreaterOrEqual, JumpOperation.Set, JumpOperation.NotEqual,
        JumpOperation.SignedGreater, JumpOperation.SignedGreaterOrEqual, JumpOperation.Less, JumpOperation.LessOrEqual,
        JumpOperation.SignedLess, JumpOperation.SignedLessOrEqual,
    ];

    /// <summary>How much an access moves.</summary>
    public static readonly MemoryWidth[] Widths = [MemoryWidth.Byte, MemoryWidth.Half, MemoryWidth.Word, MemoryWidth.Double];

    /// <summary>Atomic operations that only change memory.</summary>
    public static readonly AtomicOperation[] Atomics = [AtomicOperation.Add, AtomicOperation.Or, AtomicOperation.And, AtomicOperation.Xor];

    /// <summary>Those that also say what was there.</summary>
    public static readonly AtomicOperation[] Fetches =
    [
        AtomicOperation.FetchAdd, AtomicOperation.FetchOr, AtomicOperation.FetchAnd, AtomicOperation.FetchXor, AtomicOperation.Exchange,
        AtomicOperation.CompareExchange,
    ];
}
