// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is asked by a security hook for the processes and sockets of a control group (6.0); 0 forbids, 1 allows.</summary>
/// <param name="hook">The hook, such as <c>file_open</c>.</param>
[Section("lsm_cgroup/{0}", Arguments = ArgumentSource.TypedWords)]
public sealed class LsmCgroupAttribute(string? hook = null) : BpfProgramAttribute
{
    /// <summary>The hook, such as <c>file_open</c>.</summary>
    public string? Hook { get; } = hook;
}
