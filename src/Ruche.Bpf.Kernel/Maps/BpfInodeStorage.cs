// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Memory that belongs to an inode and goes with it (<c>BPF_MAP_TYPE_INODE_STORAGE</c>, 5.10).</summary>
/// <typeparam name="TValue">What is kept for an inode.</typeparam>
[MapKind(28, KeySize = 4, Flags = 1)]
public readonly unsafe struct BpfInodeStorage<TValue>
    where TValue : unmanaged
{
    /// <summary>The memory of an inode, made when there is none; a null reference when it cannot be had.</summary>
    public ref TValue GetOrAdd<TInode>(ref readonly TInode owner)
        where TInode : unmanaged
    {
        fixed (TInode* at = &owner) return ref *(TValue*)Bpf.InodeStorageGet(this, at, null, 1);
    }

    /// <summary>The memory of an inode; a null reference when there is none.</summary>
    public ref TValue Get<TInode>(ref readonly TInode owner)
        where TInode : unmanaged
    {
        fixed (TInode* at = &owner) return ref *(TValue*)Bpf.InodeStorageGet(this, at, null, 0);
    }

    /// <summary>Gives the memory of an inode up. Returns 0, or ENOENT, negative, when there is none.</summary>
    public long Delete<TInode>(ref readonly TInode owner)
        where TInode : unmanaged
    {
        fixed (TInode* at = &owner) return Bpf.InodeStorageDelete(this, at);
    }
}
