// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs where a system call returns; its one parameter is what was returned.</summary>
/// <param name="name">The system call, such as <c>openat</c>; when it is left out, the loader is told.</param>
[Section("kretsyscall/{0}", Arguments = ArgumentSource.ReturnRegister)]
public sealed class KretsyscallAttribute(string? name = null) : BpfProgramAttribute
{
    /// <summary>The system call, such as <c>openat</c>.</summary>
    public string? SystemCall { get; } = name;
}
