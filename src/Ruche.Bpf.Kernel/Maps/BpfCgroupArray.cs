// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>An array of control groups (<c>BPF_MAP_TYPE_CGROUP_ARRAY</c>), which user space fills.</summary>
[MapKind(8, KeySize = 4, ValueSize = 4)]
public readonly unsafe struct BpfCgroupArray
{
    /// <summary>Whether the running task belongs to a control group: 1, 0, or a negative error.</summary>
    public long IsCurrentTaskUnder(uint index) => Bpf.CurrentTaskUnderCgroup(this, index);

    /// <summary>Whether a packet's socket belongs to a control group: 1, 0, or a negative error.</summary>
    public long IsUnder(ref readonly SkBuffContext packet, uint index) => Bpf.SkbUnderCgroup(in packet, this, index);
}
