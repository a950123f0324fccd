// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>
/// A number that the running kernel's types answer with when the program is loaded (CO-RE): whether a field exists, how large a type is, what an
/// enumerator stands for. <paramref name="subject"/> is <c>STRUCT.FIELD</c>, <c>ENUM.ENUMERATOR</c> or the name of a type, in the types that the module
/// carries.
/// </summary>
public sealed class KernelQuestion(CoreRelocationKind kind, string subject) : Operation(IrType.I64)
{
    /// <summary>What is asked.</summary>
    public CoreRelocationKind Kind { get; } = kind;

    /// <summary>What it is asked of.</summary>
    public string Subject { get; } = subject;

    /// <inheritdoc/>
    public override bool HasEffects => false;
}
