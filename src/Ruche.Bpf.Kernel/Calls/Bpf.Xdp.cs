// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Packets before the network stack.</content>
public static unsafe partial class Bpf
{
    /// <summary>Moves the packet's beginning; a negative number makes room in front. Read the packet anew afterwards. XDP; 4.10.</summary>
    [Helper(44)]
    public static long XdpAdjustHead(ref readonly XdpContext xdpMd, int delta) => throw KernelOnly.Call;

    /// <summary>Moves the beginning of the bytes in front of the packet that travel with it. Read the packet anew afterwards. XDP; 4.15.</summary>
    [Helper(54)]
    public static long XdpAdjustMeta(ref readonly XdpContext xdpMd, int delta) => throw KernelOnly.Call;

    /// <summary>Moves the packet's end; making it longer is from 5.8. Read the packet anew afterwards. XDP; 4.18.</summary>
    [Helper(65)]
    public static long XdpAdjustTail(ref readonly XdpContext xdpMd, int delta) => throw KernelOnly.Call;

    /// <summary>How long the packet is, all its pieces counted. XDP; 5.18.</summary>
    [Helper(188)]
    public static ulong XdpGetBuffLen(ref readonly XdpContext xdpMd) => throw KernelOnly.Call;

    /// <summary>Copies from the packet, across its pieces. XDP; 5.18.</summary>
    [Helper(189)]
    public static long XdpLoadBytes(ref readonly XdpContext xdpMd, uint offset, void* buf, uint len) => throw KernelOnly.Call;

    /// <summary>Copies into the packet, across its pieces. XDP; 5.18.</summary>
    [Helper(190)]
    public static long XdpStoreBytes(ref readonly XdpContext xdpMd, uint offset, void* buf, uint len) => throw KernelOnly.Call;

    /// <summary>Copies a value from the packet, across its pieces. Returns 0, or a negative error.</summary>
    public static long XdpLoadBytes<T>(ref readonly XdpContext ctx, uint offset, out T value)
        where T : unmanaged
    {
        Unsafe.SkipInit(out value);
        fixed (T* to = &value) return XdpLoadBytes(in ctx, offset, to, (uint)sizeof(T));
    }

    /// <summary>Copies a value into the packet, across its pieces. Returns 0, or a negative error.</summary>
    public static long XdpStoreBytes<T>(ref readonly XdpContext ctx, uint offset, in T value)
        where T : unmanaged
    {
        fixed (T* from = &value) return XdpStoreBytes(in ctx, offset, from, (uint)sizeof(T));
    }
}
