// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// Memory that belongs to a program and the control group it is attached to (<c>BPF_MAP_TYPE_CGROUP_STORAGE</c>). For anything but this,
/// <see cref="BpfCgroupLocalStorage{TValue}"/>.
/// </summary>
/// <typeparam name="TValue">What is kept.</typeparam>
[MapKind(19, KeySize = 16)]
public readonly unsafe struct BpfCgroupStorage<TValue>
    where TValue : unmanaged
{
    /// <summary>The memory; always there.</summary>
    public ref TValue Get() => ref *(TValue*)Bpf.GetLocalStorage(this, 0);
}
