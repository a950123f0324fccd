// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace Ruche.Bpf.Kernel;

/// <summary>Owns a range of memory shared with the kernel.</summary>
internal sealed unsafe class MemoryMapping : SafeHandleMinusOneIsInvalid
{
    private readonly nuint _length;

    private MemoryMapping(nint address, nuint length)
        : base(ownsHandle: true)
    {
        SetHandle(address);
        _length = length;
        Watch?.Invoke();
    }

    /// <summary>Sees every mapping come; tests look for forgotten ones where there were any.</summary>
    internal static Action? Watch { get; set; }

    /// <summary>The first byte; valid until this object is disposed.</summary>
    public byte* Address => (byte*)handle;

    /// <summary>Maps <paramref name="length"/> bytes of what <paramref name="fd"/> stands for, at an address if it has to be that one.</summary>
    public static MemoryMapping Create(BpfFd fd, nuint length, bool writable, long offset, string operation, ulong at = 0)
    {
        int protection = writable ? Libc.PROT_READ | Libc.PROT_WRITE : Libc.PROT_READ;
        int flags = at == 0 ? Libc.MAP_SHARED : Libc.MAP_SHARED | Libc.MAP_FIXED_NOREPLACE;
        nint address = Libc.MemoryMap((nint)at, length, protection, flags, fd.Value, offset);
        GC.KeepAlive(fd);
        return address != -1 ? new MemoryMapping(address, length) : throw Failure.Last(operation);
    }

    protected override bool ReleaseHandle() => Libc.MemoryUnmap(handle, _length) == 0;
}
