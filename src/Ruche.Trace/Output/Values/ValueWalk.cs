// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Values;

/// <summary>Writes values that lie as <see cref="ValueLayout"/> says, in any form.</summary>
internal static class ValueWalk
{
    /// <summary>
    /// Writes a value. Numbers, and what aggregates come to, are divided by <paramref name="divisor"/>. Of aggregates, the bytes may hold the
    /// words of several CPUs, which are summed up.
    /// </summary>
    public static void Write(ValueForm form, TraceType type, ReadOnlySpan<byte> value, PrintContext context, long divisor = 1)
    {
        switch (type)
        {
            case TraceType.Nothing:
                form.Null();
                break;
            case TraceType.Integer { IsSigned: true }:
                form.Signed(StoredNumber.Of(type, value) / divisor);
                break;
            case TraceType.Integer:
                form.Unsigned((ulong)StoredNumber.Of(type, value) / (ulong)divisor);
                break;
            case TraceType.Boolean:
                form.Boolean(StoredNumber.Of(type, value) != 0);
                break;
            case TraceType.Enumeration x:
                long number = StoredNumber.Of(type, value);
                form.Enumeration(x.Layout.NameOf(number), number);
                break;
            case TraceType.Pointer:
                form.Pointer((ulong)StoredNumber.Of(type, value));
                break;
            case TraceType.Buffer:
                form.Bytes(BufferValue.Of(value));
                break;
            case TraceType.Array x:
                WriteArray(form, x, value, context);
                break;
            case TraceType.Tuple { Names.IsEmpty: false } x:
                WriteNamed(form, x, value, context);
                break;
            case TraceType.Tuple x:
                form.BeginTuple();
                WriteItems(form, x, value, context);
                form.EndTuple();
                break;
            case TraceType.Record x:
                WriteRecord(form, x.Layout, value, context);
                break;
            case TraceType.Aggregate x:
                AggregateValue.Write(form, x.Of, value, context, divisor);
                break;
            default:
                form.BeginText();
                WriteText(form, type, value, context);
                form.EndText();
                break;
        }
    }

    /// <summary>The elements of a tuple without what stands around them.</summary>
    public static void WriteItems(ValueForm form, TraceType.Tuple type, ReadOnlySpan<byte> value, PrintContext context)
    {
        int[] offsets = ValueLayout.OffsetsOf(type);
        for (int i = 0; i < offsets.Length; i++)
        {
            var element = type.Elements[i];
            form.Item(i);
            Write(form, element, value.Slice(offsets[i], ValueLayout.SizeOf(element)), context);
        }
    }

    private static void WriteNamed(ValueForm form, TraceType.Tuple type, ReadOnlySpan<byte> value, PrintContext context)
    {
        int[] offsets = ValueLayout.OffsetsOf(type);
        form.BeginRecord();
        for (int i = 0; i < offsets.Length; i++)
        {
            var element = type.Elements[i];
            form.Field(i, type.Names[i]);
            Write(form, element, value.Slice(offsets[i], ValueLayout.SizeOf(element)), context);
        }

        form.EndRecord(offsets.Length);
    }

    private static void WriteText(ValueForm form, TraceType type, ReadOnlySpan<byte> value, PrintContext context)
    {
        var buffer = form.Buffer;
        switch (type)
        {
            case TraceType.Text:
                TextValue.Append(buffer, value, context);
                break;
            case TraceType.Stack x:
                StackText.Append(buffer, x, value, context, isIndented: !form.IsCompact);
                break;
            case TraceType.Symbol x:
                SymbolText.Append(buffer, x, value, context);
                break;
            case TraceType.InternetAddress:
                AddressText.AppendInternet(buffer, value);
                break;
            case TraceType.HardwareAddress:
                AddressText.AppendHardware(buffer, value);
                break;
            case TraceType.Timestamp x:
                long moment = context.WallClock(BinaryPrimitives.ReadUInt64LittleEndian(value));
                TimeText.Append(buffer, context.TimeFormats[x.Format], moment, context.LocalTime, hasFractions: true);
                break;
            case TraceType.Named x:
                ulong number = BinaryPrimitives.ReadUInt64LittleEndian(value);
                if (context.NameOf(x.Kind, number) is { } name) buffer.Append(name);
                else buffer.AppendDecimal(number);
                break;
            case TraceType.Code x:
                buffer.Append(SystemTexts.Of(x.Kind, BinaryPrimitives.ReadInt64LittleEndian(value)));
                break;
            default:
                throw new UnreachableException($"no case for {type.GetType().Name}");
        }
    }

    private static void WriteArray(ValueForm form, TraceType.Array type, ReadOnlySpan<byte> value, PrintContext context)
    {
        int size = ValueLayout.SizeOf(type.Element);
        form.BeginArray();
        for (int i = 0; i < type.Count; i++)
        {
            form.Element(i);
            Write(form, type.Element, value.Slice(i * size, size), context);
        }

        form.EndArray();
    }

    private static void WriteRecord(ValueForm form, RecordLayout layout, ReadOnlySpan<byte> value, PrintContext context)
    {
        form.BeginRecord();
        for (int i = 0; i < layout.Members.Length; i++)
        {
            var member = layout.Members[i];
            form.Field(i, member.Name);
            if (member.BitSize > 0) WriteBits(form, member, value[member.Offset..]);
            else Write(form, member.Type, value.Slice(member.Offset, ValueLayout.SizeOf(member.Type)), context);
        }

        form.EndRecord(layout.Members.Length);
    }

    private static void WriteBits(ValueForm form, RecordMember member, ReadOnlySpan<byte> value)
    {
        bool isSigned = member.Type is TraceType.Integer { IsSigned: true } or TraceType.Enumeration { Layout.IsSigned: true };
        long number = StoredNumber.Bits(StoredNumber.Of(member.Type, value), member.BitOffset, member.BitSize, isSigned);
        if (member.Type is TraceType.Enumeration x) form.Enumeration(x.Layout.NameOf(number), number);
        else if (member.Type is TraceType.Boolean) form.Boolean(number != 0);
        else if (isSigned) form.Signed(number);
        else form.Unsigned((ulong)number);
    }
}
