// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine;

/// <summary>A function that programs call by number.</summary>
/// <param name="call">The arguments, and the memory that the program may use.</param>
/// <returns>What R0 receives.</returns>
public delegate ulong MachineHelper(in HelperCall call);
