// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Sets of CPUs.</content>
public static unsafe partial class Bpf
{
    /// <summary>A new, empty set; a null reference when there is no memory. Must be released. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_create")]
    public static ref CpuMask CpumaskCreate() => throw KernelOnly.Call;

    /// <summary>Holds a set once more. Must be released. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_acquire")]
    public static ref CpuMask CpumaskAcquire(ref readonly CpuMask mask) => throw KernelOnly.Call;

    /// <summary>Gives a set back. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_release")]
    public static void CpumaskRelease(ref readonly CpuMask mask) => throw KernelOnly.Call;

    /// <summary>Adds a CPU. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_set_cpu")]
    public static void CpumaskSetCpu(uint cpu, ref readonly CpuMask mask) => throw KernelOnly.Call;

    /// <summary>Removes a CPU. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_clear_cpu")]
    public static void CpumaskClearCpu(uint cpu, ref readonly CpuMask mask) => throw KernelOnly.Call;

    /// <summary>Whether a CPU is in the set. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_test_cpu")]
    public static bool CpumaskTestCpu<TMask>(uint cpu, ref readonly TMask mask)
        where TMask : unmanaged => throw KernelOnly.Call;

    /// <summary>Adds a CPU; whether it was in the set. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_test_and_set_cpu")]
    public static bool CpumaskTestAndSetCpu(uint cpu, ref readonly CpuMask mask) => throw KernelOnly.Call;

    /// <summary>Removes a CPU; whether it was in the set. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_test_and_clear_cpu")]
    public static bool CpumaskTestAndClearCpu(uint cpu, ref readonly CpuMask mask) => throw KernelOnly.Call;

    /// <summary>Adds all CPUs. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_setall")]
    public static void CpumaskSetall(ref readonly CpuMask mask) => throw KernelOnly.Call;

    /// <summary>Removes all CPUs. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_clear")]
    public static void CpumaskClear(ref readonly CpuMask mask) => throw KernelOnly.Call;

    /// <summary>The first CPU of the set; the number of CPUs when there is none. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_first")]
    public static uint CpumaskFirst<TMask>(ref readonly TMask mask)
        where TMask : unmanaged => throw KernelOnly.Call;

    /// <summary>The first CPU that is not in the set; the number of CPUs when there is none. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_first_zero")]
    public static uint CpumaskFirstZero<TMask>(ref readonly TMask mask)
        where TMask : unmanaged => throw KernelOnly.Call;

    /// <summary>The first CPU in both; the number of CPUs when there is none. Since 6.5.</summary>
    [Kfunc("bpf_cpumask_first_and")]
    public static uint CpumaskFirstAnd<TLeft, TRight>(ref readonly TLeft left, ref readonly TRight right)
        where TLeft : unmanaged
        where TRight : unmanaged => throw KernelOnly.Call;

    /// <summary>Some CPU of the set, another one each time. Since 6.5.</summary>
    [Kfunc("bpf_cpumask_any_distribute")]
    public static uint CpumaskAnyDistribute<TMask>(ref readonly TMask mask)
        where TMask : unmanaged => throw KernelOnly.Call;

    /// <summary>Some CPU in both, another one each time. Since 6.5.</summary>
    [Kfunc("bpf_cpumask_any_and_distribute")]
    public static uint CpumaskAnyAndDistribute<TLeft, TRight>(ref readonly TLeft left, ref readonly TRight right)
        where TLeft : unmanaged
        where TRight : unmanaged => throw KernelOnly.Call;

    /// <summary>What is in both; whether there is anything. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_and")]
    public static bool CpumaskAnd<TLeft, TRight>(ref readonly CpuMask destination, ref readonly TLeft left, ref readonly TRight right)
        where TLeft : unmanaged
        where TRight : unmanaged => throw KernelOnly.Call;

    /// <summary>What is in one or both. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_or")]
    public static void CpumaskOr<TLeft, TRight>(ref readonly CpuMask destination, ref readonly TLeft left, ref readonly TRight right)
        where TLeft : unmanaged
        where TRight : unmanaged => throw KernelOnly.Call;

    /// <summary>What is in one, but not both. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_xor")]
    public static void CpumaskXor<TLeft, TRight>(ref readonly CpuMask destination, ref readonly TLeft left, ref readonly TRight right)
        where TLeft : unmanaged
        where TRight : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether both are the same. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_equal")]
    public static bool CpumaskEqual<TLeft, TRight>(ref readonly TLeft left, ref readonly TRight right)
        where TLeft : unmanaged
        where TRight : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether any CPU is in both. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_intersects")]
    public static bool CpumaskIntersects<TLeft, TRight>(ref readonly TLeft left, ref readonly TRight right)
        where TLeft : unmanaged
        where TRight : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether all of the first are in the second. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_subset")]
    public static bool CpumaskSubset<TLeft, TRight>(ref readonly TLeft left, ref readonly TRight right)
        where TLeft : unmanaged
        where TRight : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether there is no CPU in it. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_empty")]
    public static bool CpumaskEmpty<TMask>(ref readonly TMask mask)
        where TMask : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether all CPUs are in it. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_full")]
    public static bool CpumaskFull<TMask>(ref readonly TMask mask)
        where TMask : unmanaged => throw KernelOnly.Call;

    /// <summary>How many CPUs are in it. Since 6.8.</summary>
    [Kfunc("bpf_cpumask_weight")]
    public static uint CpumaskWeight<TMask>(ref readonly TMask mask)
        where TMask : unmanaged => throw KernelOnly.Call;

    /// <summary>Makes one the same as another. Since 6.3.</summary>
    [Kfunc("bpf_cpumask_copy")]
    public static void CpumaskCopy<TMask>(ref readonly CpuMask destination, ref readonly TMask source)
        where TMask : unmanaged => throw KernelOnly.Call;

    /// <summary>Fills a set from memory. Since 6.15.</summary>
    [Kfunc("bpf_cpumask_populate")]
    public static int CpumaskPopulate<TMask>(ref readonly TMask mask, void* source, ulong size)
        where TMask : unmanaged => throw KernelOnly.Call;
}
