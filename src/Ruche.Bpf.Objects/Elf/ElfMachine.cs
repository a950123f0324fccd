// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>The machines that matter here: <c>e_machine</c>.</summary>
public enum ElfMachine : ushort
{
    /// <summary>Unknown; early eBPF compilers wrote this.</summary>
    None = 0,

    /// <summary>IBM System/390.</summary>
    S390 = 22,

    /// <summary>AMD and Intel, 64-bit.</summary>
    X64 = 62,

    /// <summary>Arm, 64-bit.</summary>
    Arm64 = 183,

    /// <summary>RISC-V.</summary>
    RiscV = 243,

    /// <summary>eBPF.</summary>
    Bpf = 247,
}
