// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>How helpers read their arguments and answer: zero, a negative error number, an address or a length.</summary>
internal static class Answers
{
    /// <summary>The answer of a helper that could not.</summary>
    public static ulong Of(Errno errno) => (ulong)-(long)errno;

    /// <summary>The map that an argument stands for.</summary>
    /// <exception cref="ArgumentException">It stands for none.</exception>
    public static MachineMap Map(this in HelperCall call, ulong address) =>
        call.Environment.Memory.Maps.At(address) ?? throw new ArgumentException($"0x{address:x} is no map");

    /// <summary>The map that the first argument stands for, whose content the helper is about to change.</summary>
    /// <exception cref="ArgumentException">It stands for none, or for one that programs only read: the kernel takes no such program.</exception>
    public static MachineMap MapToChange(this in HelperCall call)
    {
        var map = call.Map(call.First);
        return map.Rights.HasFlag(MemoryRights.Write) ? map : throw new ArgumentException($"programs may not change map '{map.Name}': it was made with BPF_F_RDONLY_PROG");
    }

    /// <summary>The length that an argument says; what no memory can have is refused as the memory would be.</summary>
    public static int Length(ulong argument, ulong address) => argument <= int.MaxValue ? (int)argument : throw new MemoryFaultException(address, -1, MemoryRights.Read);

    /// <summary>How many bytes of text there are before the zero byte; null when memory ends before it.</summary>
    public static int? TextLength(this in HelperCall call, ulong address, int most)
    {
        for (int length = 0; length < most; length++)
        {
            if (!call.TryRead(address + (ulong)length, 1, out var letter)) return null;
            if (letter[0] == 0) return length;
        }

        return most;
    }
}
