// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>The type is one of the kernel's. Its fields are found by their names in the kernel that runs, wherever they are there (CO-RE).</summary>
/// <param name="name">The type as C writes it: <c>struct task_struct</c>. A part after three underscores (<c>task_struct___old</c>) is not of the name.</param>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class KernelTypeAttribute(string name) : Attribute
{
    /// <summary>The type as C writes it.</summary>
    public string Name { get; } = name;
}
