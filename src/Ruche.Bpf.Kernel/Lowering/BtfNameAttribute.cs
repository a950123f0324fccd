// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>The type, or the type of the field, has another name in the object's type information, by which the kernel knows it: <c>bpf_spin_lock</c>. Its layout is its own.</summary>
/// <param name="name">The name.</param>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Field)]
public sealed class BtfNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
