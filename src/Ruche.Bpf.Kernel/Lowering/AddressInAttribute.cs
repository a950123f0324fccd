// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>A call of the method is its argument, a number or an address, seen as an address in some memory.</summary>
/// <param name="space">The memory.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AddressInAttribute(AddressSpace space) : Attribute
{
    /// <summary>The memory.</summary>
    public AddressSpace Space { get; } = space;
}
