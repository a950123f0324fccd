// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Where packets go.</content>
public static unsafe partial class Bpf
{
    /// <summary>
    /// Makes the packet go to a device, once the program has returned what this returns. Flag 1: as if it came in there. XDP and traffic control; 4.4.
    /// </summary>
    [Helper(23)]
    public static long Redirect(uint ifindex, ulong flags) => throw KernelOnly.Call;

    /// <summary>Makes the packet come in at the other end of a virtual pair, in its namespace. Traffic control (ingress); 5.10.</summary>
    [Helper(155)]
    public static long RedirectPeer(uint ifindex, ulong flags) => throw KernelOnly.Call;

    /// <summary>
    /// Makes the packet go to a device, with link addresses that the kernel finds; without a next hop, it looks for one. Traffic control; 5.10.
    /// </summary>
    [Helper(152)]
    public static long RedirectNeigh(uint ifindex, void* @params, int plen, ulong flags) => throw KernelOnly.Call;

    /// <summary>Sends a copy of the packet to a device. Read the packet anew afterwards. Traffic control; 4.2.</summary>
    [Helper(13)]
    public static long CloneRedirect(ref readonly SkBuffContext skb, uint ifindex, ulong flags) => throw KernelOnly.Call;

    /// <summary>
    /// Looks for a route, and fills in device and link addresses. Returns 0 when there is one, a reason above 0 why not. XDP and traffic control; 4.18;
    /// GPL.
    /// </summary>
    [Helper(69)]
    public static long FibLookup<TContext>(ref readonly TContext ctx, ref FibLookup @params, int plen, uint flags)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// Looks for a route, and fills in device and link addresses. Returns 0 when there is one, a reason above 0 why not, or a negative error (4.18).
    /// </summary>
    public static long FibLookup<TContext>(ref readonly TContext ctx, ref FibLookup parameters, FibLookupFlags flags = FibLookupFlags.None)
        where TContext : unmanaged => FibLookup(in ctx, ref parameters, sizeof(FibLookup), (uint)flags);

    /// <summary>Makes the packet go to a device by a next hop (5.10).</summary>
    public static long RedirectNeigh(uint device, in NextHop hop)
    {
        fixed (NextHop* at = &hop) return RedirectNeigh(device, at, sizeof(NextHop), 0);
    }

    /// <summary>
    /// Whether the packet, made longer by some bytes, fits a device: 0, 1 when it does not, 2 when its segments do not. Writes what fits. XDP and
    /// traffic control; 5.12; GPL.
    /// </summary>
    [Helper(163)]
    public static long CheckMtu<TContext>(ref readonly TContext ctx, uint ifindex, ref uint mtuLen, int lenDiff, ulong flags)
        where TContext : unmanaged => throw KernelOnly.Call;
}
