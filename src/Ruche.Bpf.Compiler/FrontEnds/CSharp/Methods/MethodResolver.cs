// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <summary>Finds the methods that calls name.</summary>
internal sealed class MethodResolver(TypeCatalog types)
{
    public CalledMethod Resolve(MethodInstance from, EntityHandle token)
    {
        var own = ImmutableArray<ClrType>.Empty;
        if (token.Kind is HandleKind.MethodSpecification)
        {
            var specification = from.Assembly.Reader.GetMethodSpecification((MethodSpecificationHandle)token);
            own = specification.DecodeSignature(new TypeReader(types, from.Assembly), from.Arguments);
            token = specification.Method;
        }

        return token.Kind is HandleKind.MethodDefinition ? Declared(from.Assembly, (MethodDefinitionHandle)token, [], own) : Referred(from, (MemberReferenceHandle)token, own);
    }

    /// <summary>The method of a type that has a name and takes so many parameters, or that implements one of an interface; null when there is none.</summary>
    public CalledMethod? Find(TypeInstance type, string name, int parameters, ImmutableArray<ClrType> own)
    {
        foreach (var handle in type.Definition.GetMethods())
        {
            var method = type.Assembly.Reader.GetMethodDefinition(handle);
            string candidate = type.Assembly.Reader.GetString(method.Name);
            if (candidate != name && !candidate.EndsWith($".{name}", StringComparison.Ordinal)) continue;
            var found = Declared(type.Assembly, handle, type.Arguments, own);
            if (found.Signature.ParameterTypes.Length == parameters) return found;
        }

        return null;
    }

    private CalledMethod Declared(MetadataAssembly assembly, MethodDefinitionHandle handle, ImmutableArray<ClrType> ofType, ImmutableArray<ClrType> own)
    {
        MethodInstance instance = new(assembly, handle, new(ofType, own));
        var signature = instance.Definition.DecodeSignature(new TypeReader(types, assembly), instance.Arguments);
        return new(instance, instance.DeclaringType, ofType, instance.Name, signature, own);
    }

    private CalledMethod Referred(MethodInstance from, MemberReferenceHandle token, ImmutableArray<ClrType> own)
    {
        var reference = from.Assembly.Reader.GetMemberReference(token);
        string name = from.Assembly.Reader.GetString(reference.Name);
        if (reference.Parent.Kind is HandleKind.MethodDefinition) return Declared(from.Assembly, (MethodDefinitionHandle)reference.Parent, [], own);
        if (types.DefinitionOf(from.Assembly, reference.Parent, from.Arguments) is { } type)
        {
            var open = reference.DecodeMethodSignature(new TypeReader(types, from.Assembly), new(type.Arguments, []));
            foreach (var handle in type.Definition.GetMethods())
            {
                var method = type.Assembly.Reader.GetMethodDefinition(handle);
                if (type.Assembly.Reader.GetString(method.Name) == name && IsSame(open, method.DecodeSignature(new TypeReader(types, type.Assembly), new(type.Arguments, []))))
                    return Declared(type.Assembly, handle, type.Arguments, own);
            }

            throw new CSharpException(new(RuleIds.Missing, $"there is no method '{type.Name}.{name}'", "build with the assembly that is referred to"));
        }

        var arguments = ArgumentsOf(from, reference.Parent);
        var signature = reference.DecodeMethodSignature(new TypeReader(types, from.Assembly), new(arguments, own));
        return new(null, TypeCatalog.NameOf(from.Assembly, reference.Parent), arguments, name, signature, own);
    }

    // Type arguments of a type of the base library.
    private ImmutableArray<ClrType> ArgumentsOf(MethodInstance from, EntityHandle parent)
    {
        if (parent.Kind is not HandleKind.TypeSpecification) return [];
        var blob = from.Assembly.Reader.GetBlobReader(from.Assembly.Reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (blob.ReadSignatureTypeCode() is not SignatureTypeCode.GenericTypeInstance) return [];
        _ = blob.ReadCompressedInteger();
        _ = blob.ReadTypeHandle();
        SignatureDecoder<ClrType, TypeArguments> decoder = new(new TypeReader(types, from.Assembly), from.Assembly.Reader, from.Arguments);
        var arguments = ImmutableArray.CreateBuilder<ClrType>();
        for (int count = blob.ReadCompressedInteger(); count > 0; count--) arguments.Add(decoder.DecodeType(ref blob));
        return arguments.DrainToImmutable();
    }

    private static bool IsSame(MethodSignature<ClrType> one, MethodSignature<ClrType> other) =>
        one.GenericParameterCount == other.GenericParameterCount
        && one.Header.IsInstance == other.Header.IsInstance
        && one.ReturnType.ToString() == other.ReturnType.ToString()
        && one.ParameterTypes.Select(p => p.ToString()).SequenceEqual(other.ParameterTypes.Select(p => p.ToString()));
}
