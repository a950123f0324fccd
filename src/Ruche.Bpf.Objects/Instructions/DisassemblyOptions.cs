// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>How instructions are printed.</summary>
public sealed record DisassemblyOptions
{
    /// <summary>Exact syntax, decimal numbers: what the assembler reads back.</summary>
    public static DisassemblyOptions Default { get; } = new();

    /// <summary>As <c>llvm-objdump -d --mcpu=v3</c> of version 17 and newer.</summary>
    public static DisassemblyOptions Llvm { get; } = new()
    {
        Syntax = DisassemblySyntax.Llvm,
        Numbers = DisassemblyNumbers.Hexadecimal,
        NarrowRegisters = true,
    };

    /// <summary>As the kernel's verifier log.</summary>
    public static DisassemblyOptions VerifierLog { get; } = new() { Syntax = DisassemblySyntax.VerifierLog, HelperNames = true };

    /// <summary>Whose spelling to use.</summary>
    public DisassemblySyntax Syntax { get; init; }

    /// <summary>Decimal or hexadecimal; verifier logs have their own fixed mixture.</summary>
    public DisassemblyNumbers Numbers { get; init; }

    /// <summary>Whether loads and stores of up to four bytes name <c>w</c> registers, as llvm does with 32-bit arithmetic on.</summary>
    public bool NarrowRegisters { get; init; }

    /// <summary>Whether helper calls are printed by name, such as <c>call bpf_map_lookup_elem</c>.</summary>
    public bool HelperNames { get; init; }

    /// <summary>Names the slot a jump, call or function address goes to; printed as <c>&lt;name&gt;</c>.</summary>
    public Func<int, string?>? Label { get; init; }

    /// <summary>Names what the instruction at a slot refers to (a map, a variable, a function), such as a relocation's symbol.</summary>
    public Func<int, string?>? Symbol { get; init; }
}
