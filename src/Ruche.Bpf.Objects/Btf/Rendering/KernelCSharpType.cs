// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>A struct, union or enumeration that is written.</summary>
/// <param name="Id">The type.</param>
/// <param name="Name">What C# calls it, without what escapes a keyword.</param>
/// <param name="KernelName">What the kernel calls it: <c>struct sock</c>, <c>atomic_t</c>; empty for a type without a name.</param>
/// <param name="Members">What a struct or union holds, with what is in the anonymous ones inside.</param>
/// <param name="Depth">How many types without a name it is in.</param>
internal sealed record KernelCSharpType(int Id, string Name, string KernelName, IReadOnlyList<KernelCSharpMember> Members, int Depth);
