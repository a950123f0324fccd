// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Logs;

/// <summary>What the verifier knows about a register or a stack slot, in its own words.</summary>
/// <param name="Name">The register (<c>R1</c>) or stack slot (<c>fp-8</c>).</param>
/// <param name="Value">What it holds, such as <c>ctx()</c> or <c>scalar(umax=255)</c>.</param>
public readonly record struct RegisterState(string Name, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Value}";
}
