// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs;

/// <summary>The blueprint of a program: its entry function, what kind of program it is, and where it wants to be attached.</summary>
public sealed record ProgramSpec
{
    /// <summary>The name, of any length. The kernel keeps the first 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>The ELF section, such as <c>tracepoint/raw_syscalls/sys_enter</c>.</summary>
    public required string Section { get; init; }

    /// <summary>The entry function; its callees are found in <see cref="ObjectSpec.Functions"/>.</summary>
    public required FunctionSpec Entry { get; init; }

    /// <summary>The program type; <see cref="ProgramType.Unspec"/> when the section name says nothing.</summary>
    public ProgramType Type { get; init; }

    /// <summary>The attach type that must be given at load; null when none is expected.</summary>
    public AttachType? AttachType { get; init; }

    /// <summary>Whether a kernel that does not know <see cref="AttachType"/> takes the program without it.</summary>
    public bool IsAttachTypeOptional { get; init; }

    /// <summary>How the section asks for the program to be attached; <see cref="AttachKind.None"/> when it does not.</summary>
    public AttachKind Attach { get; init; }

    /// <summary>What follows the kind in the section name: <c>raw_syscalls/sys_enter</c>, <c>/usr/bin/bash:readline</c>, a kernel function … Empty when open.</summary>
    public string AttachTarget { get; init; } = "";

    /// <summary>Load flags the section asks for.</summary>
    public ProgramFlags Flags { get; init; }

    /// <summary>Whether the object wants the program loaded without being asked (false for <c>SEC("?…")</c>).</summary>
    public bool AutoLoad { get; init; } = true;
}
