// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>The body of methods that have none in a process.</summary>
public static class KernelOnly
{
    /// <summary>What a call in a process comes to.</summary>
    public static NotSupportedException Call => new("this runs in kernel programs only; load the object and run its program, in the kernel or in the machine");
}
