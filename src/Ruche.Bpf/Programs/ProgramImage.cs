// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tokens;

namespace Ruche.Bpf.Programs;

/// <summary>Everything <c>BPF_PROG_LOAD</c> takes: code in which nothing waits for load time any more, and what belongs to it.</summary>
public sealed record ProgramImage
{
    /// <summary>The program's name, of any length. The kernel keeps the first 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>The program's type.</summary>
    public required ProgramType Type { get; init; }

    /// <summary>The code.</summary>
    public required ReadOnlyMemory<Instruction> Instructions { get; init; }

    /// <summary>The attach type the kernel checks the program against; null for none.</summary>
    public AttachType? AttachType { get; init; }

    /// <summary>The licence; helpers marked so by the kernel need one compatible with the GPL.</summary>
    public string License { get; init; } = "";

    /// <summary>The kernel version that kernels before 5.0 want for kprobe programs; 0 for the running one.</summary>
    public uint KernelVersion { get; init; }

    /// <summary>Load flags.</summary>
    public ProgramFlags Flags { get; init; }

    /// <summary>The object's types as loaded into the kernel; null for none.</summary>
    public BpfFd? Btf { get; init; }

    /// <summary>Where each function starts; used with <see cref="Btf"/> only.</summary>
    public ImmutableArray<FuncInfo> Functions { get; init; } = [];

    /// <summary>Source lines; used with <see cref="Btf"/> only.</summary>
    public ImmutableArray<LineInfo> Lines { get; init; } = [];

    /// <summary>Id of the kernel type to attach to (a function, a tracepoint, a struct); 0 for none.</summary>
    public int AttachTypeId { get; init; }

    /// <summary>The module whose types <see cref="AttachTypeId"/> counts in; null for the kernel itself.</summary>
    public BpfFd? AttachModule { get; init; }

    /// <summary>The program whose function <see cref="AttachTypeId"/> names; null when it is the kernel's.</summary>
    public BpfProgram? AttachProgram { get; init; }

    /// <summary>The modules that kernel function calls refer to: slot 0 stands for the kernel itself and is ignored.</summary>
    public ImmutableArray<BpfFd?> Modules { get; init; } = [];

    /// <summary>The interface that a device-bound XDP program is meant for; 0 for any.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>The right to load it, for processes in a user namespace; null for the process's own.</summary>
    public BpfToken? Token { get; init; }

    /// <summary>The blueprint the image was made of; null when there is none.</summary>
    public ProgramSpec? Spec { get; init; }

    /// <summary>Finds the source line of a slot, for messages when the verifier's log has none.</summary>
    public Func<int, SourceLine?>? SourceOf { get; init; }

    /// <summary>Why something was not found at a slot that the code must therefore never reach, for messages; null when nothing is known.</summary>
    public Func<int, string?>? MissingAt { get; init; }
}
