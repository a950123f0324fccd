// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Memory;

/// <summary>
/// Memory below four gigabytes, where an address fits into the 32 bits that <c>xdp_md</c> and <c>__sk_buff</c> have for it. Freed when
/// nothing refers to this object any more.
/// </summary>
internal sealed partial class LowMemory
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymousNoReplace = 0x10_0022;
    private const int AlreadyThere = 17; // EEXIST
    private const ulong First = 1ul << 28;
    private const ulong End = 1ul << 32;
    private const ulong Granule = 1 << 16; // the largest page of any processor

    private static readonly Lock Guard = new();
    private static ulong _next = First;

    public LowMemory(int length)
    {
        if (!IsSupported)
            throw new PlatformNotSupportedException("packets need memory below four gigabytes, because contexts hold their addresses in 32 bits; only Linux gives such memory");
        Length = length;
        lock (Guard) Start = MapNext((ulong)length);
    }

    ~LowMemory()
    {
        if (Start != 0) _ = Unmap((nint)Start, (nuint)Length);
    }

    /// <summary>Whether this system gives such memory.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    public int Length { get; }

    public ulong Start { get; }

    // Only x64 knows a flag for such memory: on any processor, one place after the other is tried where memory was taken last.
    private static ulong MapNext(ulong length)
    {
        for (ulong tried = 0; tried + length <= End - First; tried += Granule)
        {
            ulong start = _next + length <= End ? _next : First;
            bool isFree = TryMap(start, length);
            _next = start + (isFree ? (length + Granule - 1) & ~(Granule - 1) : Granule);
            if (isFree) return start;
        }

        throw new InsufficientMemoryException("no memory below four gigabytes is left for packets");
    }

    private static bool TryMap(ulong start, ulong length)
    {
        nint mapped = Map((nint)start, (nuint)length, ReadWrite, PrivateAnonymousNoReplace, -1, 0);
        if (mapped == (nint)start) return true;
        // A kernel before 4.17 takes the address as a wish.
        if (mapped != -1) _ = Unmap(mapped, (nuint)length);
        else if (Marshal.GetLastPInvokeError() is not AlreadyThere and var error) throw new Win32Exception(error);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
