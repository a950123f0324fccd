// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Features;

/// <summary>Gives the kernel a few types and lets go of them.</summary>
internal static unsafe class BtfProbe
{
    /// <summary>Type 1: a signed 32-bit integer.</summary>
    public static readonly uint[] Int = [1, Info(1), 4, 1 << 24 | 32];

    /// <summary>Type 2 after <see cref="Int"/>: a function that takes one and returns nothing.</summary>
    public static readonly uint[] Prototype = [0, Info(13, 1), 0, 1, 1];

    /// <summary>Type 2 after <see cref="Int"/>: a static variable.</summary>
    public static readonly uint[] Variable = [1, Info(14), 1, 0];

    private const int HeaderSize = 24;
    private static ReadOnlySpan<byte> Strings => "\0x\0.data\0"u8;

    /// <summary>The second word of a type.</summary>
    public static uint Info(uint kind, uint length = 0) => kind << 24 | length;

    /// <summary>Whether the kernel takes these types. String 1 is <c>x</c>, string 3 is <c>.data</c>.</summary>
    public static Support Load(ReadOnlySpan<uint> types) => Answer.Of(TryLoad(types, out int fd), fd);

    /// <summary>Loads types; the descriptor is the caller's.</summary>
    public static Errno TryLoad(ReadOnlySpan<uint> types, out int fd)
    {
        ReadOnlySpan<byte> body = MemoryMarshal.AsBytes(types);
        uint[] header = [0x0001eb9f, HeaderSize, 0, (uint)body.Length, (uint)body.Length, (uint)Strings.Length];
        byte[] image = [.. MemoryMarshal.AsBytes<uint>(header), .. body, .. Strings];

        // SAFETY: the image is pinned for the call and its length is given.
        fixed (byte* pointer = image)
        {
            BtfLoadAttr attr = new() { Btf = (ulong)pointer, BtfSize = (uint)image.Length };
            return BpfSyscall.Try(BpfCommand.BtfLoad, ref attr, out fd);
        }
    }
}
