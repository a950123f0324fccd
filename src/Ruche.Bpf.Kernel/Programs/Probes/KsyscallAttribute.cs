// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where a system call begins, and is given the call's own arguments.</summary>
/// <param name="name">The system call, such as <c>openat</c>; when it is left out, the loader is told.</param>
[Section("ksyscall/{0}", Arguments = ArgumentSource.SyscallRegisters)]
public sealed class KsyscallAttribute(string? name = null) : BpfProgramAttribute
{
    /// <summary>The system call, such as <c>openat</c>.</summary>
    public string? SystemCall { get; } = name;
}
