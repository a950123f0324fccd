// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Machine.Surroundings;

/// <summary>The task on whose behalf programs run, as far as helpers tell of it.</summary>
public sealed record MachineTask
{
    /// <summary>The process id, which the kernel calls the thread group's.</summary>
    public uint ProcessId { get; init; } = 1;

    /// <summary>The thread id.</summary>
    public uint ThreadId { get; init; } = 1;

    /// <summary>The user.</summary>
    public uint UserId { get; init; }

    /// <summary>The group.</summary>
    public uint GroupId { get; init; }

    /// <summary>The name of the thread; the kernel keeps the first 15 bytes.</summary>
    public string Name { get; init; } = "init";

    /// <summary>The id of the cgroup.</summary>
    public ulong CgroupId { get; init; } = 1;

    /// <summary>The ids of the cgroups above it, the root's first, its own last; empty for its own alone.</summary>
    public ImmutableArray<ulong> CgroupPath { get; init; } = [];

    /// <summary>The address that stands for the task itself, such as one that <see cref="MachineEnvironment.Place"/> gave; 0 for none.</summary>
    public ulong Address { get; init; }

    /// <summary>The kernel's part of the stack: addresses of instructions, the innermost first.</summary>
    public ImmutableArray<ulong> KernelStack { get; init; } = [];

    /// <summary>The process's part of the stack: addresses of instructions, the innermost first.</summary>
    public ImmutableArray<ulong> UserStack { get; init; } = [];
}
