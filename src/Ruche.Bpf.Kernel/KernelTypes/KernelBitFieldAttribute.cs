// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>The property's getter reads a bit field of the kernel's type that it stands in.</summary>
/// <param name="name">The field's name.</param>
/// <param name="bitOffset">Where it begins, in bits.</param>
/// <param name="bitSize">How many bits it has.</param>
/// <param name="isSigned">Whether its highest bit is a sign.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelBitFieldAttribute(string name, int bitOffset, int bitSize, bool isSigned) : Attribute
{
    /// <summary>The field's name.</summary>
    public string Name { get; } = name;

    /// <summary>Where it begins, in bits.</summary>
    public int BitOffset { get; } = bitOffset;

    /// <summary>How many bits it has.</summary>
    public int BitSize { get; } = bitSize;

    /// <summary>Whether its highest bit is a sign.</summary>
    public bool IsSigned { get; } = isSigned;
}
