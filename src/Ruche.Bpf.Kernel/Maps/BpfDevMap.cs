// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>An array of network devices (<c>BPF_MAP_TYPE_DEVMAP</c>) that XDP programs send packets to (5.8 for values with a program).</summary>
[MapKind(14, KeySize = 4, ValueSize = 8)]
public readonly unsafe struct BpfDevMap
{
    /// <summary>Makes the packet go to a device, once the program has returned what this returns.</summary>
    /// <param name="key">The key.</param>
    /// <param name="otherwise">What it returns when there is none.</param>
    public XdpAction Redirect(uint key, XdpAction otherwise = XdpAction.Aborted) => (XdpAction)Bpf.RedirectMap(this, key, (ulong)otherwise);

    /// <summary>Makes copies of the packet go to all devices of the map, but not to the one it came from (5.13).</summary>
    public XdpAction Broadcast() => (XdpAction)Bpf.RedirectMap(this, 0, (1 << 3) | (1 << 4));

    /// <summary>A device, to be read; a null reference when there is none (5.8).</summary>
    public ref readonly DevMapValue Lookup(uint key) => ref *(DevMapValue*)Bpf.MapLookupElem(this, &key);
}
