// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

/// <summary>A declared type with a choice of type arguments.</summary>
internal sealed record TypeInstance(MetadataAssembly Assembly, TypeDefinitionHandle Handle, ImmutableArray<ClrType> Arguments)
{
    public TypeDefinition Definition => Assembly.Reader.GetTypeDefinition(Handle);

    public string Name => Assembly.FullNameOf(Handle);
}
