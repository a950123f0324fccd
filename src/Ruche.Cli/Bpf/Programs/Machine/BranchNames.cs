// SPDX-License-Identifier: MIT
using System.Globalization;
using Iced.Intel;

namespace Ruche.Cli.Bpf.Programs.Machine;

/// <summary>Names where branches go: an offset in the function itself, or the kernel's function elsewhere.</summary>
internal sealed class BranchNames(MachineFunction function, IReadOnlyDictionary<ulong, string> names) : ISymbolResolver
{
    /// <summary>Whether an instruction names the address of another.</summary>
    public static bool IsBranch(Instruction instruction) =>
        instruction.Op0Kind is OpKind.NearBranch16 or OpKind.NearBranch32 or OpKind.NearBranch64;

    /// <inheritdoc/>
    public bool TryGetSymbol(in Instruction instruction, int operand, int instructionOperand, ulong address, int addressSize, out SymbolResult symbol)
    {
        symbol = default;
        if (!IsBranch(instruction)) return false;
        string? name = function.Contains(address)
            ? string.Create(CultureInfo.InvariantCulture, $"0x{address - function.Address:x}")
            : names.GetValueOrDefault(address);
        if (name is null) return false;
        symbol = new(address, name);
        return true;
    }
}
