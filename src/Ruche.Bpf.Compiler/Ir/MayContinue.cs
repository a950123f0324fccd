// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Whether a loop may go round once more (may_goto): true but for a loop that will not end. The verifier then need not see its end.</summary>
public sealed class MayContinue() : Operation(IrType.Bool)
{
    /// <inheritdoc/>
    public override bool HasEffects => true;
}
