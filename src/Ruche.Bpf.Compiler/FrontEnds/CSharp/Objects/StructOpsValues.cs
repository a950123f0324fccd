// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>The numbers and texts in a table of functions, as attributes give them.</summary>
internal static class StructOpsValues
{
    /// <summary>The name of the attribute.</summary>
    public const string Mark = "Ruche.Bpf.Kernel.StructOpsValueAttribute";

    public static ImmutableArray<byte> Write(string table, StructShape shape, IEnumerable<AttributeMark> values)
    {
        byte[] contents = new byte[shape.Size];
        foreach (var value in values)
        {
            string member = (string)value.Arguments[0]!;
            if (shape.Find(member) is not { } field || !TryWrite(contents.AsSpan(field.Offset, field.Type.Size), field.Type, value.Arguments[1]))
                throw new CSharpException(DeclarationRefusals.TableValue(table, member));
        }

        return [.. contents];
    }

    private static bool TryWrite(Span<byte> room, ClrType type, object? value)
    {
        switch (type, value)
        {
            case (ClrType.Number { Bits: var bits }, long number):
                Span<byte> word = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(word, number);
                word[..room.Length].CopyTo(room);
                return bits == 64 || (number >> (bits - 1)) is 0 or 1 or -1;
            case (ClrType.Struct { Shape: { Count: > 0, Fields: [{ Type.Size: 1 }] } }, string text):
                return Encoding.UTF8.GetByteCount(text) < room.Length && Encoding.UTF8.TryGetBytes(text, room, out _);
            default:
                return false;
        }
    }
}
