// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>The task that runs.</content>
public static unsafe partial class Bpf
{
    /// <summary>The process's id in the upper half (what user space calls its pid), the thread's in the lower. All tracing programs; 4.2.</summary>
    [Helper(14)]
    public static ulong GetCurrentPidTgid() => throw KernelOnly.Call;
}
