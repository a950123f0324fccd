// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Values;

/// <summary>Stacks: a line break, then a line for each address.</summary>
internal static class StackText
{
    private const int BuildIdSize = 20;
    private const uint HasBuildId = 1;

    public static void Append(OutputBuffer buffer, TraceType.Stack type, ReadOnlySpan<byte> value, PrintContext context, bool isIndented)
    {
        long id = BinaryPrimitives.ReadInt64LittleEndian(value);
        int process = type.IsUser ? BinaryPrimitives.ReadInt32LittleEndian(value[sizeof(long)..]) : 0;
        buffer.Append((byte)'\n');
        if (id < 0) return;
        if (type.Mode is StackMode.BuildId)
        {
            AppendPlaces(buffer, context.Symbols.Stack(type, id));
            return;
        }

        foreach (ulong address in context.Symbols.Stack(type, id))
        {
            if (type.Mode is StackMode.Raw)
            {
                buffer.AppendHex(address);
            }
            else
            {
                var name = type.IsUser ? context.Symbols.User(process, address) : context.Symbols.Kernel(address);
                AppendNamed(buffer, type, address, name, isIndented);
            }

            buffer.Append((byte)'\n');
        }
    }

    // The kernel tells the address instead where it cannot tell the file.
    private static void AppendPlaces(OutputBuffer buffer, ReadOnlySpan<ulong> stack)
    {
        for (; stack.Length >= StackKind.WordsOfPlace; stack = stack[StackKind.WordsOfPlace..])
        {
            var place = MemoryMarshal.AsBytes(stack);
            ulong offset = stack[StackKind.WordsOfPlace - 1];
            if ((uint)stack[0] == HasBuildId)
            {
                foreach (byte digits in place.Slice(sizeof(uint), BuildIdSize)) buffer.AppendHexByte(digits);
                buffer.Append(offset < 0x10 ? " 0x0"u8 : " 0x"u8);
            }

            buffer.AppendHex(offset);
            buffer.Append((byte)'\n');
        }
    }

    private static void AppendNamed(OutputBuffer buffer, TraceType.Stack type, ulong address, SymbolName? name, bool isIndented)
    {
        if (type.Mode is StackMode.Perf)
        {
            buffer.Append((byte)'\t');
            buffer.AppendHex(address);
            buffer.Append((byte)' ');
        }
        else if (isIndented)
        {
            buffer.Repeat((byte)' ', 8);
        }

        AppendName(buffer, address, name);
        string? file = name is null && type.IsUser ? "[unknown]" : name?.File;
        if (type.Mode is StackMode.Bpftrace || file is null) return;
        buffer.Append(" ("u8);
        buffer.Append(file);
        buffer.Append((byte)')');
    }

    private static void AppendName(OutputBuffer buffer, ulong address, SymbolName? name)
    {
        if (name is not { } known)
        {
            SymbolText.AppendUnknown(buffer, address);
            return;
        }

        buffer.Append(known.Name);
        buffer.Append((byte)'+');
        buffer.AppendDecimal(known.Offset);
    }
}
