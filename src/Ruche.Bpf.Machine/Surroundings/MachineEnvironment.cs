// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Surroundings;

/// <summary>
/// What programs of a machine find around them: a clock that stands still until it is moved, a task, CPUs, random numbers that are the same
/// for the same seed, a trace log. May be changed between runs.
/// </summary>
public sealed class MachineEnvironment
{
    /// <summary>How many printed lines are kept.</summary>
    public const int MostPrinted = 65_536;

    private readonly ulong _seed;
    private readonly Queue<string> _printed = [];
    private long _randomNumbers;

    internal MachineEnvironment(MachineOptions options)
    {
        (_seed, CpuCount) = (options.Seed, options.CpuCount);
        Clock = new();
    }

    /// <summary>The time.</summary>
    public MachineClock Clock { get; }

    /// <summary>The task that programs run on behalf of.</summary>
    public MachineTask Task { get; set; } = new();

    /// <summary>The CPU that programs run on.</summary>
    public int Cpu { get; set; }

    /// <summary>How many CPUs there are.</summary>
    public int CpuCount { get; }

    /// <summary>The NUMA node of the CPU.</summary>
    public int NumaNode { get; set; }

    /// <summary>The number that programs were attached with (<c>bpf_get_attach_cookie</c>).</summary>
    public ulong AttachCookie { get; set; }

    /// <summary>The address of the function that programs are attached to (<c>bpf_get_func_ip</c>).</summary>
    public ulong FunctionAddress { get; set; }

    /// <summary>The number of the network namespace.</summary>
    public ulong NetworkNamespaceCookie { get; set; } = 1;

    /// <summary>The number of the socket that a program is about.</summary>
    public ulong SocketCookie { get; set; } = 1;

    /// <summary>The socket's owner.</summary>
    public uint SocketUserId { get; set; }

    /// <summary>Answers route lookups (<c>bpf_fib_lookup</c>); without, there is no route.</summary>
    public RouteLookup? Routes { get; set; }

    /// <summary>The lines that programs have printed (<c>bpf_printk</c>), the newest <see cref="MostPrinted"/> of them.</summary>
    public IReadOnlyList<string> Printed
    {
        get
        {
            lock (_printed) return [.. _printed];
        }
    }

    internal SharedMemory Memory { get; } = new();

    /// <summary>Puts memory within reach of all programs, which stands for the kernel's or a process's; returns its address. It is never taken away.</summary>
    /// <param name="name">What faults call it.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="rights">What programs may do with it.</param>
    public unsafe ulong Place(string name, ReadOnlySpan<byte> content, MemoryRights rights = MemoryRights.Read)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        // SAFETY: pinned, and kept by the memory it joins.
        byte[] pinned = GC.AllocateArray<byte>(content.Length, pinned: true);
        content.CopyTo(pinned);
        ulong address = (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        Memory.Place(new(name, address, (ulong)pinned.Length, rights), pinned);
        return address;
    }

    /// <summary>Puts a structure within reach of all programs; returns its address.</summary>
    public ulong Place<T>(string name, in T content, MemoryRights rights = MemoryRights.Read)
        where T : unmanaged => Place(name, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in content)), rights);

    internal void Print(string line)
    {
        lock (_printed)
        {
            if (_printed.Count == MostPrinted) _printed.Dequeue();
            _printed.Enqueue(line);
        }
    }

    // The numbers of SplitMix64: any thread may take the next.
    internal ulong NextRandom()
    {
        ulong value = _seed + ((ulong)Interlocked.Increment(ref _randomNumbers) * 0x9e37_79b9_7f4a_7c15);
        value = (value ^ (value >> 30)) * 0xbf58_476d_1ce4_e5b9;
        value = (value ^ (value >> 27)) * 0x94d0_49bb_1331_11eb;
        return value ^ (value >> 31);
    }
}
