// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>A set of CPUs that a program owns: <c>struct bpf_cpumask</c>. The kernel's own, <c>struct cpumask</c>, can only be read.</summary>
[KernelType("struct bpf_cpumask")]
public readonly struct CpuMask;
