// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>A call of the method is a call of one of the kernel's own functions (kfunc), with the same arguments.</summary>
/// <param name="name">The function's name in the kernel.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KfuncAttribute(string name) : Attribute
{
    /// <summary>The function's name.</summary>
    public string Name { get; } = name;

    /// <summary>What the address that it returns points into, when it returns one.</summary>
    public AddressSpace Returns { get; init; } = AddressSpace.Kernel;
}
