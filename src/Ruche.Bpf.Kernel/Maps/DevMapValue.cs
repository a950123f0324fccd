// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A network device in a map: <c>struct bpf_devmap_val</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DevMapValue
{
    /// <summary>The device's index.</summary>
    public readonly uint Interface;

    /// <summary>The id of the program that sees packets there, or 0.</summary>
    public readonly uint ProgramId;
}
