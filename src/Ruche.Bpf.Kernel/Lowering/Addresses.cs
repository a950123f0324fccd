// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>Numbers seen as addresses.</summary>
public static unsafe class Addresses
{
    /// <summary>A kernel address that only a helper may read.</summary>
    [AddressIn(AddressSpace.KernelProbe)]
    public static T* Kernel<T>(ulong address)
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>An address of the process, that only a helper may read.</summary>
    [AddressIn(AddressSpace.User)]
    public static T* User<T>(ulong address)
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>A kernel object that may be read directly.</summary>
    [AddressIn(AddressSpace.Kernel)]
    public static T* Object<T>(ulong address)
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>Memory that the kernel lends for reading and writing.</summary>
    [AddressIn(AddressSpace.Value)]
    public static T* Value<T>(ulong address)
        where T : unmanaged => throw KernelOnly.Call;
}
