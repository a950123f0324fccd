// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Tunnels and encapsulation.</content>
public static unsafe partial class Bpf
{
    /// <summary>The addresses and the id of the tunnel that the packet came through. Flag 1: IPv6. Traffic control; 4.3.</summary>
    [Helper(20)]
    public static long SkbGetTunnelKey(ref readonly SkBuffContext skb, void* key, uint size, ulong flags) => throw KernelOnly.Call;

    /// <summary>The addresses and the id of the tunnel that the packet is to go through; see <see cref="TunnelFlags"/>. Traffic control; 4.3.</summary>
    [Helper(21)]
    public static long SkbSetTunnelKey(ref readonly SkBuffContext skb, void* key, uint size, ulong flags) => throw KernelOnly.Call;

    /// <summary>The addresses and the id of the tunnel that the packet came through (4.3).</summary>
    public static long SkbGetTunnelKey(ref readonly SkBuffContext skb, out TunnelKey key, TunnelFlags flags = TunnelFlags.None)
    {
        Unsafe.SkipInit(out key);
        fixed (TunnelKey* to = &key) return SkbGetTunnelKey(in skb, to, (uint)sizeof(TunnelKey), (ulong)flags);
    }

    /// <summary>The addresses and the id of the tunnel that the packet is to go through (4.3).</summary>
    public static long SkbSetTunnelKey(ref readonly SkBuffContext skb, in TunnelKey key, TunnelFlags flags = TunnelFlags.None)
    {
        fixed (TunnelKey* from = &key) return SkbSetTunnelKey(in skb, from, (uint)sizeof(TunnelKey), (ulong)flags);
    }

    /// <summary>Copies the options of the tunnel that the packet came through. Traffic control; 4.6.</summary>
    [Helper(29)]
    public static long SkbGetTunnelOpt(ref readonly SkBuffContext skb, void* opt, uint size) => throw KernelOnly.Call;

    /// <summary>Sets the options of the tunnel that the packet is to go through. Traffic control; 4.6.</summary>
    [Helper(30)]
    public static long SkbSetTunnelOpt(ref readonly SkBuffContext skb, void* opt, uint size) => throw KernelOnly.Call;

    /// <summary>Puts a header around the packet: IPv6 with segments (0, 1) or IP (2). Read the packet anew afterwards. Routes; 4.18.</summary>
    [Helper(73)]
    public static long LwtPushEncap(ref readonly SkBuffContext skb, uint type, void* hdr, uint len) => throw KernelOnly.Call;

    /// <summary>Writes into the segment routing header. Lwt_seg6local; 4.18.</summary>
    [Helper(74)]
    public static long LwtSeg6StoreBytes(ref readonly SkBuffContext skb, uint offset, void* from, uint len) => throw KernelOnly.Call;

    /// <summary>Makes room in the segment routing header, or takes it away. Lwt_seg6local; 4.18.</summary>
    [Helper(75)]
    public static long LwtSeg6AdjustSrh(ref readonly SkBuffContext skb, uint offset, int delta) => throw KernelOnly.Call;

    /// <summary>Does what segment routing knows how to do. Lwt_seg6local; 4.18.</summary>
    [Helper(76)]
    public static long LwtSeg6Action(ref readonly SkBuffContext skb, uint action, void* param, uint paramLen) => throw KernelOnly.Call;
}
