// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs;

/// <summary>What one <c>SEC("…")</c> name means.</summary>
/// <param name="Name">The name, without what follows it.</param>
/// <param name="Target">Whether a target may follow.</param>
/// <param name="Type">The program type.</param>
/// <param name="AttachType">The attach type given at load; null when none is expected.</param>
/// <param name="Attach">How such a program is attached.</param>
/// <param name="Flags">Load flags.</param>
/// <param name="IsAttachTypeOptional">Whether kernels that do not know the attach type take the program without it.</param>
public sealed record SectionDefinition(
    string Name,
    SectionTarget Target,
    ProgramType Type,
    AttachType? AttachType,
    AttachKind Attach,
    ProgramFlags Flags = ProgramFlags.None,
    bool IsAttachTypeOptional = false);
