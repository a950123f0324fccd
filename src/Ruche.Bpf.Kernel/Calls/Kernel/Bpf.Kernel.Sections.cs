// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Stretches of a program in which it is left alone.</content>
public static unsafe partial class Bpf
{
    /// <summary>From here on objects under RCU stay, in sleepable programs. Since 6.2.</summary>
    [Kfunc("bpf_rcu_read_lock")]
    public static void RcuReadLock() => throw KernelOnly.Call;

    /// <summary>Ends what <see cref="RcuReadLock"/> has begun. Since 6.2.</summary>
    [Kfunc("bpf_rcu_read_unlock")]
    public static void RcuReadUnlock() => throw KernelOnly.Call;

    /// <summary>From here on the program stays on its CPU, and nothing else runs there. Since 6.10.</summary>
    [Kfunc("bpf_preempt_disable")]
    public static void PreemptDisable() => throw KernelOnly.Call;

    /// <summary>Ends what <see cref="PreemptDisable"/> has begun. Since 6.10.</summary>
    [Kfunc("bpf_preempt_enable")]
    public static void PreemptEnable() => throw KernelOnly.Call;

    /// <summary>From here on the CPU is not interrupted. Since 6.14.</summary>
    [Kfunc("bpf_local_irq_save")]
    public static void LocalIrqSave(out ulong flags) => throw KernelOnly.Call;

    /// <summary>Ends what <see cref="LocalIrqSave"/> has begun. Since 6.14.</summary>
    [Kfunc("bpf_local_irq_restore")]
    public static void LocalIrqRestore(ref ulong flags) => throw KernelOnly.Call;

    /// <summary>Takes a lock, or gives up: 0 when it was taken, or EDEADLK or ETIMEDOUT, negative. Since 6.15.</summary>
    [Kfunc("bpf_res_spin_lock")]
    public static int ResSpinLock(ref BpfResilientLock @lock) => throw KernelOnly.Call;

    /// <summary>Gives a lock back. Since 6.15.</summary>
    [Kfunc("bpf_res_spin_unlock")]
    public static void ResSpinUnlock(ref BpfResilientLock @lock) => throw KernelOnly.Call;

    /// <summary>As <see cref="ResSpinLock"/>, and the CPU is not interrupted. Since 6.15.</summary>
    [Kfunc("bpf_res_spin_lock_irqsave")]
    public static int ResSpinLockIrqsave(ref BpfResilientLock @lock, out ulong flags) => throw KernelOnly.Call;

    /// <summary>Ends what <see cref="ResSpinLockIrqsave"/> has begun. Since 6.15.</summary>
    [Kfunc("bpf_res_spin_unlock_irqrestore")]
    public static void ResSpinUnlockIrqrestore(ref BpfResilientLock @lock, ref ulong flags) => throw KernelOnly.Call;

    /// <summary>Whether a session's program runs at the function's return, and not at its beginning. Since 6.10.</summary>
    [Kfunc("bpf_session_is_return")]
    public static bool SessionIsReturn() => throw KernelOnly.Call;

    /// <summary>A word that a session's program keeps from the beginning to the return. Since 6.10.</summary>
    [Kfunc("bpf_session_cookie", Returns = AddressSpace.Value)]
    public static ref ulong SessionCookie() => throw KernelOnly.Call;

    /// <summary>Ends the program at once, from however deep; it returns the number, or what its exception handler makes of it. Since 6.7.</summary>
    [Kfunc("bpf_throw")]
    public static void Throw(ulong cookie) => throw KernelOnly.Call;
}
