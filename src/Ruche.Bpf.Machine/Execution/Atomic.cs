// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Execution;

/// <summary>Read, change, write as one step. The fetching kinds leave the old value in the source register.</summary>
internal static class Atomic
{
    public static void Apply(Operation operation, ref ulong memory, ref ulong source, ref ulong r0)
    {
        switch (operation)
        {
            case Operation.AtomicAdd64: Interlocked.Add(ref memory, source); break;
            case Operation.AtomicFetchAdd64: source = Interlocked.Add(ref memory, source) - source; break;
            case Operation.AtomicOr64: Interlocked.Or(ref memory, source); break;
            case Operation.AtomicFetchOr64: source = Interlocked.Or(ref memory, source); break;
            case Operation.AtomicAnd64: Interlocked.And(ref memory, source); break;
            case Operation.AtomicFetchAnd64: source = Interlocked.And(ref memory, source); break;
            case Operation.AtomicXor64: Xor(ref memory, source); break;
            case Operation.AtomicFetchXor64: source = Xor(ref memory, source); break;
            case Operation.AtomicExchange64: source = Interlocked.Exchange(ref memory, source); break;
            default: r0 = Interlocked.CompareExchange(ref memory, source, r0); break;
        }
    }

    public static void Apply(Operation operation, ref uint memory, ref ulong source, ref ulong r0)
    {
        uint value = (uint)source;
        switch (operation)
        {
            case Operation.AtomicAdd32: Interlocked.Add(ref memory, value); break;
            case Operation.AtomicFetchAdd32: source = Interlocked.Add(ref memory, value) - value; break;
            case Operation.AtomicOr32: Interlocked.Or(ref memory, value); break;
            case Operation.AtomicFetchOr32: source = Interlocked.Or(ref memory, value); break;
            case Operation.AtomicAnd32: Interlocked.And(ref memory, value); break;
            case Operation.AtomicFetchAnd32: source = Interlocked.And(ref memory, value); break;
            case Operation.AtomicXor32: Xor(ref memory, value); break;
            case Operation.AtomicFetchXor32: source = Xor(ref memory, value); break;
            case Operation.AtomicExchange32: source = Interlocked.Exchange(ref memory, value); break;
            default: r0 = Interlocked.CompareExchange(ref memory, value, (uint)r0); break;
        }
    }

    private static ulong Xor(ref ulong memory, ulong value)
    {
        ulong seen = Volatile.Read(ref memory);
        while (Interlocked.CompareExchange(ref memory, seen ^ value, seen) is var now && now != seen) seen = now;
        return seen;
    }

    private static uint Xor(ref uint memory, uint value)
    {
        uint seen = Volatile.Read(ref memory);
        while (Interlocked.CompareExchange(ref memory, seen ^ value, seen) is var now && now != seen) seen = now;
        return seen;
    }
}
