// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Features;

/// <summary>Loads a small program and lets go of it. Code is written as the eight bytes of each slot, read as a little-endian number.</summary>
internal static unsafe class ProgramProbe
{
    private const ulong Exit = 0x95;
    private const ulong ZeroR0 = 0xb7;

    /// <summary><c>r0 = 0; exit</c>.</summary>
    public static readonly ulong[] ReturnZero = [ZeroR0, Exit];

    /// <summary>Reads eight bytes from address zero onto the stack.</summary>
    public static readonly ulong[] ProbeReadKernel =
    [
        0x0000_0000_0000_a1bf, // r1 = r10
        0xffff_fff8_0000_0107, // r1 += -8
        0x0000_0008_0000_02b7, // r2 = 8
        0x0000_0000_0000_03b7, // r3 = 0
        0x0000_0071_0000_0085, // call probe_read_kernel
        ZeroR0,
        Exit,
    ];

    /// <summary>Counts to ten.</summary>
    public static readonly ulong[] Loop =
    [
        0x0000_000a_0000_00b7, // r0 = 10
        0xffff_ffff_0000_0007, // r0 += -1
        0x0000_0000_fffe_0055, // if r0 != 0 goto -2
        Exit,
    ];

    /// <summary>Divides by a signed number.</summary>
    public static readonly ulong[] SignedDivision =
    [
        0x0000_0007_0000_00b7, // r0 = 7
        0x0000_0002_0001_0037, // r0 s/= 2
        ZeroR0,
        Exit,
    ];

    /// <summary>Adds to a word of the stack and takes what stood there.</summary>
    public static readonly ulong[] FetchingAtomic =
    [
        0x0000_0000_fff8_0a7a, // *(u64 *)(r10 - 8) = 0
        0x0000_0001_0000_01b7, // r1 = 1
        0x0000_0001_fff8_1adb, // r1 = atomic_fetch_add((u64 *)(r10 - 8), r1)
        ZeroR0,
        Exit,
    ];

    /// <summary>A loop that only the kernel's count ends.</summary>
    public static readonly ulong[] MayGoto =
    [
        ZeroR0,
        0x0000_0000_0001_00e5, // may_goto +1
        0x0000_0000_fffe_0005, // goto -2
        Exit,
    ];

    /// <summary>Calls a helper that takes the context.</summary>
    public static ulong[] Call(int helper) => [(ulong)(uint)helper << 32 | 0x85, ZeroR0, Exit];

    /// <summary>Calls a function of the kernel, by its number among the kernel's types.</summary>
    public static ulong[] CallKernel(int function) => [(ulong)(uint)function << 32 | 0x2085, ZeroR0, Exit];

    public static Support Load(ProgramType type, ulong[] code, AttachType attachType = 0) =>
        Answer.Of(TryLoad(type, code, attachType, "", out int fd), fd);

    public static Support Named(string name) => Answer.Of(TryLoad(ProgramType.SocketFilter, ReturnZero, 0, name, out int fd), fd);

    public static Support GlobalData()
    {
        MapCreateAttr attr = new() { MapType = (uint)MapType.Array, KeySize = 4, ValueSize = 32, MaxEntries = 1 };
        if (BpfSyscall.Try(BpfCommand.MapCreate, ref attr, out int number) is not Errno.None) return Support.Unknown;
        using BpfFd map = new(number);
        ulong[] code =
        [
            (ulong)map.Value << 32 | 0x2118, // r1 = value of the map …
            16UL << 32, // … at byte 16
            0x0000_002a_0000_017a, // *(u64 *)r1 = 42
            ZeroR0,
            Exit,
        ];
        return Load(ProgramType.SocketFilter, code);
    }

    /// <summary>Loads a program; the descriptor is the caller's.</summary>
    public static Errno TryLoad(ProgramType type, ulong[] code, AttachType attachType, string name, out int fd)
    {
        // SAFETY: code and licence are pinned for the call, their lengths given or zero-terminated.
        fixed (ulong* instructions = code)
        fixed (byte* license = "GPL\0"u8)
        {
            ProgLoadAttr attr = new()
            {
                ProgType = (uint)type,
                InsnCnt = (uint)code.Length,
                Insns = (ulong)instructions,
                License = (ulong)license,
                ProgName = ObjectName.From(name),
                ExpectedAttachType = (uint)attachType,
            };
            return BpfSyscall.Try(BpfCommand.ProgLoad, ref attr, out fd);
        }
    }
}
