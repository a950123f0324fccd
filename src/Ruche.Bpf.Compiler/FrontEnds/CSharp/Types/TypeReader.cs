// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

/// <summary>Types as signatures of one assembly write them.</summary>
internal sealed class TypeReader(TypeCatalog catalog, MetadataAssembly assembly) : ISignatureTypeProvider<ClrType, TypeArguments>
{
    private const byte Class = (byte)SignatureTypeKind.Class;

    public ClrType GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Void => ClrType.Nothing,
        PrimitiveTypeCode.Boolean => ClrType.Boolean,
        PrimitiveTypeCode.Char => new ClrType.Number(16, false, "char"),
        PrimitiveTypeCode.SByte => new ClrType.Number(8, true, "sbyte"),
        PrimitiveTypeCode.Byte => new ClrType.Number(8, false, "byte"),
        PrimitiveTypeCode.Int16 => new ClrType.Number(16, true, "short"),
        PrimitiveTypeCode.UInt16 => new ClrType.Number(16, false, "ushort"),
        PrimitiveTypeCode.Int32 => ClrType.Int32,
        PrimitiveTypeCode.UInt32 => new ClrType.Number(32, false, "uint"),
        PrimitiveTypeCode.Int64 => ClrType.Int64,
        PrimitiveTypeCode.UInt64 => new ClrType.Number(64, false, "ulong"),
        PrimitiveTypeCode.IntPtr => new ClrType.Number(64, true, "nint"),
        PrimitiveTypeCode.UIntPtr => new ClrType.Number(64, false, "nuint"),
        PrimitiveTypeCode.Single => new ClrType.Other("float") { Bytes = 4 },
        PrimitiveTypeCode.Double => new ClrType.Other("double") { Bytes = 8 },
        PrimitiveTypeCode.String => new ClrType.Other("string"),
        PrimitiveTypeCode.Object => new ClrType.Other("object") { IsObject = true },
        _ => new ClrType.Other(typeCode.ToString()),
    };

    public ClrType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Marked(catalog.TypeOf(assembly, handle, []), rawTypeKind == Class);

    public ClrType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Marked(catalog.TypeOf(assembly, handle, []), rawTypeKind == Class);

    public ClrType GetTypeFromSpecification(MetadataReader reader, TypeArguments genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ClrType GetGenericInstantiation(ClrType genericType, ImmutableArray<ClrType> typeArguments) => Marked(catalog.With(genericType, typeArguments), genericType is ClrType.Other { IsObject: true });

    public ClrType GetGenericTypeParameter(TypeArguments genericContext, int index) => genericContext.OfType.Length > index ? genericContext.OfType[index] : new ClrType.Other($"!{index}");

    public ClrType GetGenericMethodParameter(TypeArguments genericContext, int index) => genericContext.OfMethod.Length > index ? genericContext.OfMethod[index] : new ClrType.Other($"!!{index}");

    public ClrType GetByReferenceType(ClrType elementType) => new ClrType.Address(elementType);

    public ClrType GetPointerType(ClrType elementType) => new ClrType.Address(elementType);

    public ClrType GetPinnedType(ClrType elementType) => elementType;

    public ClrType GetModifiedType(ClrType modifier, ClrType unmodifiedType, bool isRequired) => unmodifiedType;

    public ClrType GetFunctionPointerType(MethodSignature<ClrType> signature) => new ClrType.FunctionPointer { Signature = [signature.ReturnType, .. signature.ParameterTypes] };

    public ClrType GetSZArrayType(ClrType elementType) => new ClrType.Other($"{elementType}[]");

    public ClrType GetArrayType(ClrType elementType, ArrayShape shape) => new ClrType.Other($"{elementType}[,]");

    private static ClrType Marked(ClrType type, bool isObject) => isObject && type is ClrType.Other other ? other with { IsObject = true } : type;
}
