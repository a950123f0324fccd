// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>A member with a name, from the start of the struct that it is written in.</summary>
/// <param name="Name">What the kernel calls it.</param>
/// <param name="Type">The id of its type.</param>
/// <param name="Bit">Where it starts, in bits; BTF counts them from the first byte.</param>
/// <param name="BitSize">How many bits a bit field has; 0 for any other member.</param>
internal readonly record struct KernelCSharpMember(string Name, int Type, long Bit, int BitSize);
