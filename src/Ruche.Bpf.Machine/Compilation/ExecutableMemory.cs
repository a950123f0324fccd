// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Pages that are written once and then only executed: never both at a time.</summary>
internal sealed unsafe partial class ExecutableMemory : SafeHandle
{
    private const int ReadWrite = 3;
    private const int ReadExecute = 5;
    private const int PrivateAnonymous = 0x22;

    private readonly nuint _length;

    public ExecutableMemory(ReadOnlySpan<byte> code)
        : base(-1, ownsHandle: true)
    {
        _length = (nuint)code.Length;
        nint pages = Map(0, _length, ReadWrite, PrivateAnonymous, -1, 0);
        if (pages == -1) throw new Win32Exception(Marshal.GetLastPInvokeError());
        SetHandle(pages);
        // SAFETY: the pages are new, writable, and as long as the code.
        code.CopyTo(new Span<byte>((void*)pages, code.Length));
        if (Protect(pages, _length, ReadExecute) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    public static bool IsSupported => OperatingSystem.IsLinux();

    public override bool IsInvalid => handle == -1;

    public nint Address => handle;

    protected override bool ReleaseHandle() => Unmap(handle, _length) == 0;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
