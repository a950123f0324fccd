// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of XDP programs, <c>struct xdp_md</c>. What lies where in the packet is filled in; what else is given counts.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct XdpMd
{
    /// <summary>The address of the packet.</summary>
    public uint Data;

    /// <summary>The address behind the packet.</summary>
    public uint DataEnd;

    /// <summary>The address of the metadata. When a run is begun with it: how many of the bytes given are metadata.</summary>
    public uint DataMeta;

    /// <summary>The interface that the packet came in by.</summary>
    public uint IngressIfindex;

    /// <summary>The queue that the packet came in by.</summary>
    public uint RxQueueIndex;

    /// <summary>The interface that the packet will leave by.</summary>
    public uint EgressIfindex;
}
