// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Attachments;

/// <summary>A program found at a hook.</summary>
/// <param name="ProgramId">The program.</param>
/// <param name="AttachType">The hook.</param>
/// <param name="LinkId">The link that attaches it; 0 when it is attached without one, or the kernel does not say.</param>
/// <param name="Flags">How: 1 lets cgroups below override it, 2 allows several.</param>
public sealed record AttachedProgram(uint ProgramId, AttachType AttachType, uint LinkId, uint Flags);
