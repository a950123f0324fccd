// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>A name the object expects from outside.</summary>
/// <param name="Name">The extern's name.</param>
/// <param name="Kind">Where its value comes from.</param>
/// <param name="Type">Id of its type in the object's BTF (for functions, of the BTF function); 0 when untyped.</param>
/// <param name="IsWeak">Whether it may be missing.</param>
/// <param name="Offset">For <see cref="ExternKind.Kconfig"/>, its offset in the <c>.kconfig</c> map.</param>
/// <param name="Size">For <see cref="ExternKind.Kconfig"/>, its size in bytes.</param>
public sealed record ExternSpec(string Name, ExternKind Kind, int Type, bool IsWeak, int Offset = 0, int Size = 0);
