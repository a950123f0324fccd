// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>The static members of the class are one object: its programs, maps and global variables.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BpfObjectAttribute : Attribute
{
    /// <summary>What the object is called; the class's name in snake case by default.</summary>
    public string? Name { get; init; }

    /// <summary>The licence that the programs declare to the kernel. Some helpers are only for programs under the GPL or a licence that goes with it.</summary>
    public string License { get; init; } = "Dual MIT/GPL";
}
