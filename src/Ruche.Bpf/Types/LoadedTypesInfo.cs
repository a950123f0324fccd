// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Types;

/// <summary>What the kernel tells about a set of types.</summary>
public sealed record LoadedTypesInfo
{
    /// <summary>The set's id.</summary>
    public required uint Id { get; init; }

    /// <summary>Bytes of the set.</summary>
    public required int Size { get; init; }

    /// <summary><c>vmlinux</c>, a module's name, or empty for the types of programs.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether these are types of the kernel or of a module.</summary>
    public bool IsKernel { get; init; }
}
