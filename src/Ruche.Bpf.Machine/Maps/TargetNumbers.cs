// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// What maps of interfaces, CPUs and sockets hold here: a number, which is the interface's, the size of the CPU's queue, or any for a
/// socket; and behind it the number of a program that runs there, or zero.
/// </summary>
/// <param name="Number">The interface, the queue's size, or the socket.</param>
/// <param name="Program">The number of a program; what is no positive number stands for none.</param>
internal readonly record struct TargetNumbers(uint Number, int Program)
{
    public const int Size = sizeof(ulong);

    private const uint LargestQueue = 16384;

    public static TargetNumbers Of(ReadOnlySpan<byte> value) => new(
        MemoryMarshal.Read<uint>(value),
        value.Length >= Size ? MemoryMarshal.Read<int>(value[sizeof(uint)..]) : 0);

    /// <summary>Why a map of interfaces or CPUs does not take this; any number is a socket.</summary>
    public Errno Refusal(MapType type, uint key, int cpuCount) => type switch
    {
        MapType.DevMap or MapType.DevMapHash when Program > 0 && (Number == 0 || MachineObjects.Find((uint)Program) is null) => Errno.EINVAL,
        MapType.DevMapHash when Number == 0 => Errno.EINVAL,
        MapType.CpuMap when Number > LargestQueue => Errno.EOVERFLOW,
        MapType.CpuMap when key >= cpuCount => Errno.ENODEV,
        _ => Errno.None,
    };

    /// <summary>Puts the numbers where programs read them.</summary>
    public void Write(Span<byte> value)
    {
        MemoryMarshal.Write(value, Number);
        if (value.Length >= Size) MemoryMarshal.Write(value[sizeof(uint)..], Math.Max(Program, 0));
    }
}
