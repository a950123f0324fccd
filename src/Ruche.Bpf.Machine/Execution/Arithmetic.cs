// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Execution;

/// <summary>
/// Division as eBPF has it (RFC 9669, 4.1): by zero gives zero, the remainder by zero is the dividend, and the smallest number divided
/// by -1 is itself.
/// </summary>
internal static class Arithmetic
{
    public static ulong Divide(ulong a, ulong b) => b == 0 ? 0 : a / b;

    public static ulong Remainder(ulong a, ulong b) => b == 0 ? a : a % b;

    public static uint Divide(uint a, uint b) => b == 0 ? 0 : a / b;

    public static uint Remainder(uint a, uint b) => b == 0 ? a : a % b;

    public static ulong DivideSigned(ulong a, ulong b) => (long)b switch
    {
        0 => 0,
        -1 => 0 - a,
        var divisor => (ulong)((long)a / divisor),
    };

    public static ulong RemainderSigned(ulong a, ulong b) => (long)b switch
    {
        0 => a,
        -1 => 0,
        var divisor => (ulong)((long)a % divisor),
    };

    public static uint DivideSigned(uint a, uint b) => (int)b switch
    {
        0 => 0,
        -1 => 0 - a,
        var divisor => (uint)((int)a / divisor),
    };

    public static uint RemainderSigned(uint a, uint b) => (int)b switch
    {
        0 => a,
        -1 => 0,
        var divisor => (uint)((int)a % divisor),
    };
}
