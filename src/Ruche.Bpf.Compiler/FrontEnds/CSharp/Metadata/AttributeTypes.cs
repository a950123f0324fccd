// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;

/// <summary>The types of attributes' arguments, by name. Enumerations that are elsewhere are taken for 32 bits, but for those that are not.</summary>
internal sealed class AttributeTypes(MetadataAssembly assembly) : ICustomAttributeTypeProvider<string>
{
    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSystemType() => "System.Type";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => assembly.FullNameOf(handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => assembly.FullNameOf(handle);

    public string GetTypeFromSerializedName(string name) => name;

    public PrimitiveTypeCode GetUnderlyingEnumType(string type)
    {
        if (!assembly.TryFindType(type, out var handle)) return PrimitiveTypeCode.Int32;
        var reader = assembly.Reader;
        foreach (var field in reader.GetTypeDefinition(handle).GetFields())
        {
            var definition = reader.GetFieldDefinition(field);
            if ((definition.Attributes & System.Reflection.FieldAttributes.Static) != 0) continue;
            var signature = reader.GetBlobReader(definition.Signature);
            _ = signature.ReadSignatureHeader();
            return (PrimitiveTypeCode)signature.ReadSignatureTypeCode();
        }

        return PrimitiveTypeCode.Int32;
    }

    public bool IsSystemType(string type) => type == "System.Type";
}
