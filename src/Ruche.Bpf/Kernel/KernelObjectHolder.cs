// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>A process that has a descriptor of a kernel object.</summary>
public sealed record KernelObjectHolder(KernelObjectKind Kind, uint Id, int Pid, string Command);
