// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <summary>
/// What a method has on its evaluation stack. An address is a value and a distance from it; a struct is where it lies, and is copied by who takes it.
/// </summary>
/// <param name="Value">A number, an address, a map, a function; of a text, nothing that runs.</param>
/// <param name="Type">What C# takes it for.</param>
/// <param name="Offset">How many bytes beyond the address.</param>
internal readonly record struct Operand(Value Value, ClrType Type, int Offset = 0)
{
    /// <summary>The text of a string literal.</summary>
    public string? Text { get; init; }

    /// <summary>Where the text stands.</summary>
    public SourceLine? TextLine { get; init; }

    /// <summary>Whether the struct lies where anybody may change it, and not in a place of its own.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether it is the outcome of something that no program can do.</summary>
    public bool IsSpoiled { get; init; }

    /// <summary>Whether it is a text, or no object: what is no value in a program, but may stand where only a name is asked for.</summary>
    public bool IsNoValue => Text is not null;

    public bool IsStruct => Type is ClrType.Struct;

    public StructShape Shape => ((ClrType.Struct)Type).Shape;
}
