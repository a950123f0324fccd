// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Clocks.</content>
public static unsafe partial class Bpf
{
    /// <summary>Nanoseconds since the host was started, suspensions left out. All programs; 4.1; GPL.</summary>
    [Helper(5)]
    public static ulong KtimeGetNs() => throw KernelOnly.Call;
}
