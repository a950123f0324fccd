// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>What is known of packets in the network stack.</content>
public static unsafe partial class Bpf
{
    /// <summary>The packet's hash, found anew if need be. Traffic control; 4.8.</summary>
    [Helper(34)]
    public static uint GetHashRecalc(ref readonly SkBuffContext skb) => throw KernelOnly.Call;

    /// <summary>Forgets the packet's hash. Traffic control; 4.9.</summary>
    [Helper(41)]
    public static long SetHashInvalid(ref readonly SkBuffContext skb) => throw KernelOnly.Call;

    /// <summary>Sets the packet's hash. Traffic control; 4.13.</summary>
    [Helper(48)]
    public static long SetHash(ref readonly SkBuffContext skb, uint hash) => throw KernelOnly.Call;

    /// <summary>The realm of the packet's route. Traffic control; 4.4.</summary>
    [Helper(24)]
    public static uint GetRouteRealm(ref readonly SkBuffContext skb) => throw KernelOnly.Call;

    /// <summary>
    /// Marks congestion in the network header if the packet may be marked: 1 when it is, 0 when not. Traffic control and control groups; 5.1.
    /// </summary>
    [Helper(97)]
    public static long SkbEcnSetCe(ref readonly SkBuffContext skb) => throw KernelOnly.Call;

    /// <summary>Sets when the packet is to leave, and by which clock. Traffic control; 5.18.</summary>
    [Helper(192)]
    public static long SkbSetTstamp(ref readonly SkBuffContext skb, ulong tstamp, uint tstampType) => throw KernelOnly.Call;

    /// <summary>What IPsec has done with the packet. Traffic control; 4.18.</summary>
    [Helper(66)]
    public static long SkbGetXfrmState(ref readonly SkBuffContext skb, uint index, out XfrmState xfrmState, uint size, ulong flags) => throw KernelOnly.Call;
}
