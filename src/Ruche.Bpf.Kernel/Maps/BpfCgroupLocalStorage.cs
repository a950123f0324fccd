// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Memory that belongs to a control group and goes with it (<c>BPF_MAP_TYPE_CGRP_STORAGE</c>, 6.2).</summary>
/// <typeparam name="TValue">What is kept for a control group.</typeparam>
[MapKind(32, KeySize = 4, Flags = 1)]
public readonly unsafe struct BpfCgroupLocalStorage<TValue>
    where TValue : unmanaged
{
    /// <summary>The memory of a control group, made when there is none; a null reference when it cannot be had.</summary>
    public ref TValue GetOrAdd<TCgroup>(ref readonly TCgroup owner)
        where TCgroup : unmanaged
    {
        fixed (TCgroup* at = &owner) return ref *(TValue*)Bpf.CgrpStorageGet(this, at, null, 1);
    }

    /// <summary>The memory of a control group; a null reference when there is none.</summary>
    public ref TValue Get<TCgroup>(ref readonly TCgroup owner)
        where TCgroup : unmanaged
    {
        fixed (TCgroup* at = &owner) return ref *(TValue*)Bpf.CgrpStorageGet(this, at, null, 0);
    }

    /// <summary>Gives the memory of a control group up. Returns 0, or ENOENT, negative, when there is none.</summary>
    public long Delete<TCgroup>(ref readonly TCgroup owner)
        where TCgroup : unmanaged
    {
        fixed (TCgroup* at = &owner) return Bpf.CgrpStorageDelete(this, at);
    }
}
