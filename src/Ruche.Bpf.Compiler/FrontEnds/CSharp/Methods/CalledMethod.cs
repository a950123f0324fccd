// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <summary>What a call names.</summary>
/// <param name="Instance">Where it is declared; null in the base library.</param>
/// <param name="Type">The name of the type that it is in.</param>
/// <param name="TypeArguments">The type's arguments.</param>
/// <param name="Name">Its name.</param>
/// <param name="Signature">What it takes and yields.</param>
/// <param name="MethodArguments">Its own type arguments.</param>
internal sealed record CalledMethod(
    MethodInstance? Instance, string Type, ImmutableArray<ClrType> TypeArguments, string Name, MethodSignature<ClrType> Signature, ImmutableArray<ClrType> MethodArguments)
{
    /// <summary>How many operands a call takes.</summary>
    public int Operands => Signature.ParameterTypes.Length + (Signature.Header.IsInstance ? 1 : 0);

    public override string ToString() => $"{Type}.{Name}";
}
