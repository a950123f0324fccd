// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>A map of the module, for helpers.</summary>
public sealed class MapReference(string map) : Operation(IrType.AMap)
{
    /// <summary>Its name.</summary>
    public string Map { get; } = map;

    /// <inheritdoc/>
    public override bool HasEffects => false;
}
