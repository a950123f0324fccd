// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>The address of a byte of a section of global variables.</summary>
public sealed class GlobalAddress(string map, int offset) : Operation(IrType.PointerTo(AddressSpace.Value))
{
    /// <summary>The section's map.</summary>
    public string Map { get; } = map;

    /// <summary>Which byte of it.</summary>
    public int Offset { get; } = offset;

    /// <inheritdoc/>
    public override bool HasEffects => false;
}
