// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>What static fields are given before anything runs: what is known when compiling, or nothing.</summary>
internal sealed class InitialValues(TypeCatalog types)
{
    private readonly Dictionary<string, StaticConstructor> _known = new(StringComparer.Ordinal);

    public ImmutableArray<byte> Of(MetadataAssembly assembly, FieldDefinitionHandle field, ClrType type)
    {
        var definition = assembly.Reader.GetFieldDefinition(field);
        if (!ConstructorOf(assembly, definition.GetDeclaringType()).TryGet(field, out var value))
            throw new CSharpException(DeclarationRefusals.InitialValue(StaticFields.NameOf(assembly.Reader.GetString(definition.Name))));
        return value.IsEmpty ? [.. new byte[type.Size]] : value;
    }

    public StaticConstructor ConstructorOf(MetadataAssembly assembly, TypeDefinitionHandle type)
    {
        string key = $"{assembly.Name}!{MetadataTokens.GetToken(type):x}";
        if (!_known.TryGetValue(key, out var constructor)) _known.Add(key, constructor = StaticConstructor.Read(types, assembly, type));
        return constructor;
    }
}
