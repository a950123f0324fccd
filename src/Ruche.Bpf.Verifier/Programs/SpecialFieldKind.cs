// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Programs;

/// <summary>A field that only helpers and kernel functions may touch.</summary>
internal enum SpecialFieldKind : byte
{
    SpinLock,
    ResilientSpinLock,
    Timer,
    WorkQueue,
    TaskWork,
    KernelPointer,
    UntrustedKernelPointer,
    PerCpuKernelPointer,
    UserPointer,
    ListHead,
    ListNode,
    RedBlackRoot,
    RedBlackNode,
    ReferenceCount,
}
