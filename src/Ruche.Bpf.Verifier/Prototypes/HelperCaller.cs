// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>A program as far as it counts for which helpers it may call.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Attachment">What it is loaded for.</param>
/// <param name="Target">The kernel function, LSM hook or iterator it is loaded for, without the kernel's prefix; null when there is none.</param>
public readonly record struct HelperCaller(ProgramType Type, AttachType Attachment, string? Target = null)
{
    /// <summary>Whether the kernel calls it through a trampoline.</summary>
    public bool HasTrampoline => Type switch
    {
        ProgramType.Tracing => Attachment is AttachType.TraceFentry or AttachType.TraceFexit or AttachType.ModifyReturn,
        ProgramType.Lsm => Attachment != AttachType.LsmCgroup,
        _ => false,
    };

    /// <summary>Whether it is an iterator.</summary>
    public bool IsIterator => Type == ProgramType.Tracing && Attachment == AttachType.TraceIter;
}
