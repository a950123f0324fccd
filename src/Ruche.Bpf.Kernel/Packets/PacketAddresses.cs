// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The words of contexts that are addresses of a packet.</summary>
internal static unsafe class PacketAddresses
{
    [AddressIn(AddressSpace.Packet)]
    public static byte* Byte(uint word) => throw KernelOnly.Call;

    [AddressIn(AddressSpace.Packet)]
    public static byte* Byte(ulong word) => throw KernelOnly.Call;

    [AddressIn(AddressSpace.PacketEnd)]
    public static byte* End(uint word) => throw KernelOnly.Call;

    [AddressIn(AddressSpace.PacketEnd)]
    public static byte* End(ulong word) => throw KernelOnly.Call;
}
