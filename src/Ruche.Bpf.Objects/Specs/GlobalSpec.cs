// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>A global variable of an object: where its value lies in the data-section map that holds it.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Map">The map that holds it, such as <c>.rodata</c>.</param>
/// <param name="Offset">Where it starts in the map's value.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Type">Id of its type in the object's BTF; 0 when unknown.</param>
public sealed record GlobalSpec(string Name, string Map, int Offset, int Size, int Type = 0)
{
    /// <summary>Whether the variable cannot be seen outside its object.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Whether another object's definition wins over this one.</summary>
    public bool IsWeak { get; init; }
}
