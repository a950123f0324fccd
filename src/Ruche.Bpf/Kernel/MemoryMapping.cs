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

    /// <summary>Maps <paramref name="length"/> bytes of what <paramref name="fd"/> stands for.</summary>
    public static MemoryMapping Create(BpfFd fd, nuint length, bool writable, long offset, string operation)
    {
        int protection = writable ? Libc.PROT_READ | Libc.PROT_WRITE : Libc.PROT_READ;
        nint address = Libc.MemoryMap(0, length, protection, Libc.MAP_SHARED, fd.Value, offset);
        GC.KeepAlive(fd);
        return address != -1 ? new MemoryMapping(address, length) : throw Failure.Last(operation);
    }

    protected override bool ReleaseHandle() => Libc.MemoryUnmap(handle, _length) == 0;
}
