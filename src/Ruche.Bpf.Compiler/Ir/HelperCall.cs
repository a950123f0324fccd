// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Calls one of the kernel's helpers.</summary>
public sealed class HelperCall(HelperId helper, IrType type, params Value[] arguments) : Operation(type, arguments)
{
    /// <summary>The helper.</summary>
    public HelperId Helper { get; } = helper;

    /// <inheritdoc/>
    public override bool HasEffects => !HelperEffects.OnlyAnswers(Helper);

    /// <inheritdoc/>
    public override bool IsPure => HelperEffects.AnswersTheSame(Helper);
}
