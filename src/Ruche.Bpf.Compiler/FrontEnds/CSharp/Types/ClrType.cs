// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

/// <summary>A type of C#, as far as programs of the kernel may have values of it.</summary>
internal abstract record ClrType
{
    private ClrType()
    {
    }

    public static ClrType Nothing { get; } = new Void();

    public static ClrType Boolean { get; } = new Number(8, false, "bool");

    public static ClrType Int32 { get; } = new Number(32, true, "int");

    public static ClrType Int64 { get; } = new Number(64, true, "long");

    public int Size => this switch
    {
        Number x => x.Bits / 8,
        Address or Map or FunctionPointer => 8,
        Struct x => x.Shape.Size,
        Other x => x.Bytes,
        _ => 0,
    };

    public int Alignment => this is Struct x ? x.Shape.Alignment : Math.Max(1, Size);

    /// <summary>What stands in memory; none for structs, which are made of several.</summary>
    public IrType InMemory => this switch
    {
        Number x => IrType.IntOf(x.Bits),
        Address => IrType.PointerTo(AddressSpace.Any),
        Map => IrType.AMap,
        FunctionPointer => IrType.AFunction,
        Other { Bytes: > 0 and var bytes } => IrType.IntOf(bytes * 8),
        _ => IrType.None,
    };

    /// <summary>What a method computes with: numbers have 32 or 64 bits, and a struct is where it lies.</summary>
    public IrType OnStack => this switch
    {
        Number { Bits: < 64 } => IrType.I32,
        Struct => IrType.PointerTo(AddressSpace.Any),
        _ => InMemory,
    };

    public sealed override string ToString() => this switch
    {
        Void => "void",
        Number x => x.Name,
        Address x => $"{x.Target}*",
        FunctionPointer => "delegate*",
        Map x => x.Name,
        Struct x => x.Shape.Name,
        Other x => x.Name,
        _ => throw new UnreachableException($"no case for {GetType().Name}"),
    };

    public sealed record Void : ClrType;

    /// <summary>A number, a truth value, a character, or a value of an enumeration, which gives it its name.</summary>
    public sealed record Number(int Bits, bool IsSigned, string Name) : ClrType
    {
        /// <summary>For an enumeration of the kernel, what C calls it.</summary>
        public string? KernelName { get; init; }
    }

    /// <summary>A reference or a pointer.</summary>
    public sealed record Address(ClrType Target) : ClrType;

    public sealed record FunctionPointer : ClrType
    {
        /// <summary>What is returned, then what is taken; empty where nobody asks.</summary>
        public ImmutableArray<ClrType> Signature { get; init; } = [];
    }

    /// <summary>A map of the kernel: eight bytes that say which.</summary>
    public sealed record Map(string Name, MapShape Shape) : ClrType;

    public sealed record Struct(StructShape Shape) : ClrType;

    /// <summary>What no program can have a value of.</summary>
    public sealed record Other(string Name) : ClrType
    {
        /// <summary>Whether it is of a class or an interface.</summary>
        public bool IsObject { get; init; }

        /// <summary>Of a struct, the field that it is for.</summary>
        public string? Flaw { get; init; }

        /// <summary>How much room it takes in a struct, whose other fields may be used all the same; 0 when that is not known.</summary>
        public int Bytes { get; init; }

        public Refusal Refusal => Refusals.NoValue(BaseLibraryMethods.KindOf(Name, IsObject), Name, Flaw);
    }
}
