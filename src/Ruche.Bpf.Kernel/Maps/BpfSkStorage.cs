// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Memory that belongs to a socket and goes with it (<c>BPF_MAP_TYPE_SK_STORAGE</c>, 5.2).</summary>
/// <typeparam name="TValue">What is kept for a socket.</typeparam>
[MapKind(24, KeySize = 4, Flags = 1)]
public readonly unsafe struct BpfSkStorage<TValue>
    where TValue : unmanaged
{
    /// <summary>The memory of a socket, made when there is none; a null reference when it cannot be had.</summary>
    public ref TValue GetOrAdd<TSock>(ref readonly TSock owner)
        where TSock : unmanaged
    {
        fixed (TSock* at = &owner) return ref *(TValue*)Bpf.SkStorageGet(this, at, null, 1);
    }

    /// <summary>The memory of a socket; a null reference when there is none.</summary>
    public ref TValue Get<TSock>(ref readonly TSock owner)
        where TSock : unmanaged
    {
        fixed (TSock* at = &owner) return ref *(TValue*)Bpf.SkStorageGet(this, at, null, 0);
    }

    /// <summary>Gives the memory of a socket up. Returns 0, or ENOENT, negative, when there is none.</summary>
    public long Delete<TSock>(ref readonly TSock owner)
        where TSock : unmanaged
    {
        fixed (TSock* at = &owner) return Bpf.SkStorageDelete(this, at);
    }
}
