// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Values;

/// <summary>Addresses by name.</summary>
internal static class SymbolText
{
    public static void Append(OutputBuffer buffer, TraceType.Symbol type, ReadOnlySpan<byte> value, PrintContext context)
    {
        ulong address = BinaryPrimitives.ReadUInt64LittleEndian(value);
        var name = type.IsUser
            ? context.Symbols.User(BinaryPrimitives.ReadInt32LittleEndian(value[sizeof(ulong)..]), address)
            : context.Symbols.Kernel(address);
        if (name is { } known) buffer.Append(known.Name);
        else AppendUnknown(buffer, address);
    }

    /// <summary>An address that nobody knows; the address zero is shown without a prefix, as in bpftrace.</summary>
    public static void AppendUnknown(OutputBuffer buffer, ulong address)
    {
        if (address != 0) buffer.Append("0x"u8);
        buffer.AppendHex(address);
    }
}
