// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

internal static unsafe partial class Libc
{
    public const int PROT_READ = 1;
    public const int PROT_WRITE = 2;
    public const int MAP_SHARED = 1;
    public const int MAP_FIXED_NOREPLACE = 0x100000;

    [LibraryImport(Name, EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int fd, long offset);

    [LibraryImport(Name, EntryPoint = "munmap", SetLastError = true)]
    internal static partial int MemoryUnmap(nint address, nuint length);
}
