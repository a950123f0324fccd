// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Values;

/// <summary>Bytes that may be text, as bpftrace shows them.</summary>
internal static class EscapedText
{
    /// <summary>Printable ASCII as it is, <c>\x0a</c> for all else.</summary>
    public static void AppendReadable(OutputBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is >= 0x20 and < 0x7f) buffer.Append(b);
            else AppendEscape(buffer, b);
        }
    }

    /// <summary><c>\x61\x0a</c></summary>
    public static void AppendEscapes(OutputBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes) AppendEscape(buffer, b);
    }

    /// <summary><c>61 0a</c></summary>
    public static void AppendHex(OutputBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i > 0) buffer.Append((byte)' ');
            buffer.AppendHexByte(bytes[i]);
        }
    }

    private static void AppendEscape(OutputBuffer buffer, byte value)
    {
        buffer.Append("\\x"u8);
        buffer.AppendHexByte(value);
    }
}
