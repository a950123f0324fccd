// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

/// <summary>What stands for the type parameters of a type and of a method in it.</summary>
internal sealed record TypeArguments(ImmutableArray<ClrType> OfType, ImmutableArray<ClrType> OfMethod)
{
    public static TypeArguments None { get; } = new([], []);

    public override string ToString() => OfType.IsEmpty && OfMethod.IsEmpty ? "" : $"<{string.Join(',', OfType)}|{string.Join(',', OfMethod)}>";
}
