// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Bpf.Programs.Machine;

/// <summary>A machine instruction in the notation of the GNU assembler.</summary>
/// <param name="Offset">Where it starts in its function.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Operation">The mnemonic, with its prefixes.</param>
/// <param name="Operands">The operands, in order.</param>
internal sealed record MachineInstruction(int Offset, int Length, string Operation, IReadOnlyList<string> Operands)
{
    /// <inheritdoc/>
    public override string ToString() => Operands.Count == 0 ? Operation : $"{Operation,-6} {string.Join(',', Operands)}";
}
