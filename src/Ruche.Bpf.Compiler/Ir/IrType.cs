// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>The type of a value: a number of some width, a pointer into an address space, a map, a function, or nothing.</summary>
public abstract record IrType
{
    private IrType()
    {
    }

    /// <summary>No value.</summary>
    public static IrType None { get; } = new Void();

    /// <summary>True or false: what a comparison yields.</summary>
    public static IrType Bool { get; } = new Int(1);

    /// <summary>8 bits.</summary>
    public static IrType I8 { get; } = new Int(8);

    /// <summary>16 bits.</summary>
    public static IrType I16 { get; } = new Int(16);

    /// <summary>32 bits.</summary>
    public static IrType I32 { get; } = new Int(32);

    /// <summary>64 bits.</summary>
    public static IrType I64 { get; } = new Int(64);

    /// <summary>A map, as helpers take it.</summary>
    public static IrType AMap { get; } = new Map();

    /// <summary>A function, as helpers take callbacks.</summary>
    public static IrType AFunction { get; } = new Function();

    /// <summary>How many bits a value has.</summary>
    public int Bits => this switch
    {
        Int x => x.Width,
        Void => 0,
        Pointer or Map or Function => 64,
        _ => throw new UnreachableException($"no case for {GetType().Name}"),
    };

    /// <summary>How many bytes a value takes in memory.</summary>
    public int Bytes => (Bits + 7) / 8;

    /// <summary>A pointer into an address space; <paramref name="pointee"/> names the kernel's type of what is there.</summary>
    public static IrType PointerTo(AddressSpace space, string? pointee = null) => new Pointer(space, pointee);

    /// <summary>The number type of some width: 1, 8, 16, 32 or 64.</summary>
    public static IrType IntOf(int bits) => bits switch
    {
        1 => Bool,
        8 => I8,
        16 => I16,
        32 => I32,
        64 => I64,
        _ => throw new ArgumentOutOfRangeException(nameof(bits), bits, "numbers have 1, 8, 16, 32 or 64 bits"),
    };

    /// <summary>As the text form writes it.</summary>
    public sealed override string ToString() => this switch
    {
        Void => "void",
        Int { Width: 1 } => "bool",
        Int x => $"i{x.Width}",
        Map => "map",
        Function => "function",
        Pointer { Pointee: null } x => $"ptr.{SpaceNames.NameOf(x.Space)}",
        Pointer x => $"ptr.{SpaceNames.NameOf(x.Space)}<{x.Pointee}>",
        _ => throw new UnreachableException($"no case for {GetType().Name}"),
    };

    /// <summary>No value.</summary>
    public sealed record Void : IrType;

    /// <summary>A number; the operations say whether it is signed.</summary>
    public sealed record Int(int Width) : IrType;

    /// <summary>An address.</summary>
    public sealed record Pointer(AddressSpace Space, string? Pointee) : IrType;

    /// <summary>A map.</summary>
    public sealed record Map : IrType;

    /// <summary>A function's address.</summary>
    public sealed record Function : IrType;
}
