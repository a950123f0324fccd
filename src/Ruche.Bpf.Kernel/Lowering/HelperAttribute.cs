// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>A call of the method is a call of one of the kernel's helpers, with the same arguments.</summary>
/// <param name="number">The helper's number in <c>enum bpf_func_id</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelperAttribute(int number) : Attribute
{
    /// <summary>The helper's number.</summary>
    public int Number { get; } = number;

    /// <summary>What the address that it returns points into, when it returns one.</summary>
    public AddressSpace Returns { get; init; }
}
