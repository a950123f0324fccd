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
    private const int PrivateAnonymousLow = 0x62;

    public LowMemory(int length)
    {
        if (!IsSupported)
            throw new PlatformNotSupportedException("packets need memory below four gigabytes, because contexts hold their addresses in 32 bits; only Linux on x64 gives such memory");
        Length = length;
        nint pages = Map(0, (nuint)length, ReadWrite, PrivateAnonymousLow, -1, 0);
        if (pages == -1) throw new Win32Exception(Marshal.GetLastPInvokeError());
        Start = (ulong)pages;
    }

    ~LowMemory()
    {
        if (Start != 0) _ = Unmap((nint)Start, (nuint)Length);
    }

    /// <summary>Whether this system gives such memory.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64;

    public int Length { get; }

    public ulong Start { get; }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
