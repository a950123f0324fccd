// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>What static fields are given where they are declared: numbers, or nothing. A class's static constructor says it.</summary>
internal sealed class InitialValues
{
    private readonly Dictionary<string, Dictionary<int, long?>> _known = new(StringComparer.Ordinal);

    public ImmutableArray<byte> Of(MetadataAssembly assembly, FieldDefinitionHandle field, ClrType type)
    {
        byte[] bytes = new byte[type.Size];
        var declaring = assembly.Reader.GetFieldDefinition(field).GetDeclaringType();
        string key = $"{assembly.Name}!{MetadataTokens.GetToken(declaring):x}";
        if (!_known.TryGetValue(key, out var values)) _known.Add(key, values = Read(assembly, declaring));
        if (!values.TryGetValue(MetadataTokens.GetToken(field), out long? value)) return [.. bytes];
        if (value is not { } number || (type is not ClrType.Number && number != 0))
            throw new CSharpException(DeclarationRefusals.InitialValue(StaticFields.NameOf(assembly.Reader.GetString(assembly.Reader.GetFieldDefinition(field).Name))));
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(word, number);
        word[..Math.Min(8, bytes.Length)].CopyTo(bytes);
        return [.. bytes];
    }

    // A constant that is stored at once is known; whatever else is stored is not.
    private static Dictionary<int, long?> Read(MetadataAssembly assembly, TypeDefinitionHandle type)
    {
        Dictionary<int, long?> values = [];
        foreach (var handle in assembly.Reader.GetTypeDefinition(type).GetMethods())
        {
            var method = assembly.Reader.GetMethodDefinition(handle);
            if (assembly.Reader.GetString(method.Name) != ".cctor") continue;
            long? top = null;
            foreach (var instruction in IlReader.Read(assembly.BodyOf(method).GetILReader()))
            {
                if (instruction.Code is ILOpCode.Stsfld) values[(int)instruction.Operand] = top;
                top = instruction.Code switch
                {
                    ILOpCode.Ldc_i4 or ILOpCode.Ldc_i8 => instruction.Operand,
                    ILOpCode.Conv_i8 or ILOpCode.Nop => top,
                    ILOpCode.Conv_u8 => top & 0xffff_ffff,
                    _ => null,
                };
            }
        }

        return values;
    }
}
