// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>The static method is a program. Attributes derived from this one say of which kind, and where it is attached.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BpfProgramAttribute : Attribute
{
    /// <summary>What the program is called in the object; the method's name in snake case by default.</summary>
    public string? Name { get; init; }
}
