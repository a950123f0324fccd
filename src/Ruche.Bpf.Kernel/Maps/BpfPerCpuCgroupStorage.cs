// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Memory for each CPU that belongs to a program and the control group it is attached to (<c>BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE</c>).</summary>
/// <typeparam name="TValue">What is kept.</typeparam>
[MapKind(21, KeySize = 16)]
public readonly unsafe struct BpfPerCpuCgroupStorage<TValue>
    where TValue : unmanaged
{
    /// <summary>The memory; always there.</summary>
    public ref TValue Get() => ref *(TValue*)Bpf.GetLocalStorage(this, 0);
}
