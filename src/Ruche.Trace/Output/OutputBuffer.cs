// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Ruche.Trace.Output;

/// <summary>Text to be written, as UTF-8 in one array that grows. Appending allocates only when the array grows. Not thread-safe.</summary>
internal sealed class OutputBuffer(int capacity = 4096)
{
    // A number of 64 bits has 22 digits at most, in octal.
    private const int MostDigits = 22;

    private byte[] _bytes = new byte[Math.Max(capacity, MostDigits)];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Append(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length) Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _bytes.Length - Length) Grow(most);
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    public void AppendDecimal(long value) => AppendNumber(value, default);

    public void AppendDecimal(ulong value) => AppendNumber(value, default);

    /// <summary>Without a prefix, in small letters.</summary>
    public void AppendHex(ulong value) => AppendNumber(value, new('x'));

    /// <summary>In two digits at least.</summary>
    public void AppendHexByte(byte value)
    {
        Append(HexDigit(value >> 4));
        Append(HexDigit(value & 15));
    }

    public void Repeat(byte value, int count)
    {
        if (count <= 0) return;
        if (count > _bytes.Length - Length) Grow(count);
        _bytes.AsSpan(Length, count).Fill(value);
        Length += count;
    }

    /// <summary>Blanks before (or behind) what was appended since a length, until it is so wide in bytes.</summary>
    public void Pad(int since, int width, bool isLeft)
    {
        int missing = width - (Length - since);
        if (missing <= 0) return;
        int length = Length - since;
        Repeat((byte)' ', missing);
        if (isLeft) return;
        var whole = _bytes.AsSpan(since, length + missing);
        whole[..length].CopyTo(whole[missing..]);
        whole[..missing].Fill((byte)' ');
    }

    /// <summary>Forgets what was appended beyond a length.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    public void Clear() => Length = 0;

    /// <summary>Writes everything to a stream, and begins anew.</summary>
    public void FlushTo(Stream stream)
    {
        stream.Write(_bytes, 0, Length);
        Length = 0;
    }

    public override string ToString() => Encoding.UTF8.GetString(Written);

    private static byte HexDigit(int value) => "0123456789abcdef"u8[value];

    private void AppendNumber(long value, StandardFormat format)
    {
        if (MostDigits > _bytes.Length - Length) Grow(MostDigits);
        _ = Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out int written, format);
        Length += written;
    }

    private void AppendNumber(ulong value, StandardFormat format)
    {
        if (MostDigits > _bytes.Length - Length) Grow(MostDigits);
        _ = Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out int written, format);
        Length += written;
    }

    private void Grow(int more) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
}
