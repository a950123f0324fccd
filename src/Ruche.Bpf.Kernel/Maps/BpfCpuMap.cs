// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>CPUs that XDP programs hand packets to (<c>BPF_MAP_TYPE_CPUMAP</c>; 5.9 for values with a program).</summary>
[MapKind(16, KeySize = 4, ValueSize = 8)]
public readonly unsafe struct BpfCpuMap
{
    /// <summary>Makes the packet go to a CPU, once the program has returned what this returns.</summary>
    /// <param name="key">The key.</param>
    /// <param name="otherwise">What it returns when there is none.</param>
    public XdpAction Redirect(uint key, XdpAction otherwise = XdpAction.Aborted) => (XdpAction)Bpf.RedirectMap(this, key, (ulong)otherwise);

    /// <summary>A CPU, to be read; a null reference when there is none (5.8).</summary>
    public ref readonly CpuMapValue Lookup(uint key) => ref *(CpuMapValue*)Bpf.MapLookupElem(this, &key);
}
