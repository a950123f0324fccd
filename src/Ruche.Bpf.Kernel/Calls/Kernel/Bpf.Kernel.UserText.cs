// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Text of processes.</content>
public static unsafe partial class Bpf
{
    /// <summary>
    /// Copies text of the process up to its zero, and waits for pages that are not there. Flag 1: the rest is filled with zeros. Returns its length
    /// with the zero. Since 6.12; may sleep.
    /// </summary>
    [Kfunc("bpf_copy_from_user_str")]
    public static int CopyFromUserStr(void* destination, uint size, void* address, ulong flags) => throw KernelOnly.Call;

    /// <summary>Copies text of another task up to its zero. Returns its length with the zero. Since 6.15; may sleep.</summary>
    [Kfunc("bpf_copy_from_user_task_str")]
    public static int CopyFromUserTaskStr<TTask>(void* destination, uint size, void* address, ref readonly TTask task, ulong flags)
        where TTask : unmanaged => throw KernelOnly.Call;
}
