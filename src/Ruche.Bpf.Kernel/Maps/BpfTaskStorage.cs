// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Memory that belongs to a task and goes with it (<c>BPF_MAP_TYPE_TASK_STORAGE</c>, 5.11).</summary>
/// <typeparam name="TValue">What is kept for a task.</typeparam>
[MapKind(29, KeySize = 4, Flags = 1)]
public readonly unsafe struct BpfTaskStorage<TValue>
    where TValue : unmanaged
{
    /// <summary>The memory of a task, made when there is none; a null reference when it cannot be had.</summary>
    public ref TValue GetOrAdd<TTask>(ref readonly TTask owner)
        where TTask : unmanaged
    {
        fixed (TTask* at = &owner) return ref *(TValue*)Bpf.TaskStorageGet(this, at, null, 1);
    }

    /// <summary>The memory of a task; a null reference when there is none.</summary>
    public ref TValue Get<TTask>(ref readonly TTask owner)
        where TTask : unmanaged
    {
        fixed (TTask* at = &owner) return ref *(TValue*)Bpf.TaskStorageGet(this, at, null, 0);
    }

    /// <summary>Gives the memory of a task up. Returns 0, or ENOENT, negative, when there is none.</summary>
    public long Delete<TTask>(ref readonly TTask owner)
        where TTask : unmanaged
    {
        fixed (TTask* at = &owner) return Bpf.TaskStorageDelete(this, at);
    }
}
