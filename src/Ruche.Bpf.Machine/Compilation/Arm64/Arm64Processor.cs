// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>What the processor can do; the runtime itself does not say.</summary>
internal static partial class Arm64Processor
{
    private const int Capabilities = 16; // AT_HWCAP
    private const nuint Atomics = 1 << 8; // HWCAP_ATOMICS

    /// <summary>Whether it has the atomic operations of ARMv8.1.</summary>
    public static bool HasAtomics => (AuxiliaryValue(Capabilities) & Atomics) != 0;

    [LibraryImport("libc", EntryPoint = "getauxval")]
    private static partial nuint AuxiliaryValue(nuint kind);
}
