// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Sockets that XDP programs hand packets to (<c>BPF_MAP_TYPE_XSKMAP</c>).</summary>
[MapKind(17, KeySize = 4, ValueSize = 4)]
public readonly unsafe struct BpfXskMap
{
    /// <summary>Makes the packet go to a socket, once the program has returned what this returns.</summary>
    /// <param name="key">The key.</param>
    /// <param name="otherwise">What it returns when there is none.</param>
    public XdpAction Redirect(uint key, XdpAction otherwise = XdpAction.Aborted) => (XdpAction)Bpf.RedirectMap(this, key, (ulong)otherwise);

    /// <summary>Whether there is a socket (5.3).</summary>
    public bool Contains(uint key) => Bpf.MapLookupElem(this, &key) != null;
}
