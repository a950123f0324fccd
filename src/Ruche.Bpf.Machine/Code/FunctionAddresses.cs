// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Code;

/// <summary>Addresses of functions of the program: values that no memory has, so that reading through one is a fault.</summary>
internal static class FunctionAddresses
{
    // Not canonical on any 64-bit processor.
    private const ulong Base = 0x0bf0_0000_0000_0000;

    public static ulong Of(int slot) => Base + (ulong)slot;

    /// <summary>The slot that an address stands for; null for any other value.</summary>
    public static int? SlotOf(ulong address, int slots) => address - Base < (ulong)slots ? (int)(address - Base) : null;
}
