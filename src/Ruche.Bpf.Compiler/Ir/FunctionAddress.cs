// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>A function of the module, for helpers that call back.</summary>
public sealed class FunctionAddress(string function) : Operation(IrType.AFunction)
{
    /// <summary>Its name.</summary>
    public string Function { get; } = function;

    /// <inheritdoc/>
    public override bool HasEffects => false;
}
