// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Calls a function of the module.</summary>
public sealed class LocalCall(string function, IrType type, params Value[] arguments) : Operation(type, arguments)
{
    /// <summary>Its name.</summary>
    public string Function { get; } = function;

    /// <inheritdoc/>
    public override bool HasEffects => true;
}
