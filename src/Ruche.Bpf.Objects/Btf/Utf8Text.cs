// SPDX-License-Identifier: MIT
using System.Buffers.Text;
using System.Text;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>Text that is put together as UTF-8: names come from the string section as they are, without becoming strings in between.</summary>
internal sealed class Utf8Text
{
    private const int LongestNumber = 20;

    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    /// <summary>The last byte; zero when there is none.</summary>
    public byte Last => Length == 0 ? (byte)0 : _bytes[Length - 1];

    public Utf8Text Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
        return this;
    }

    public Utf8Text Add(char ascii)
    {
        Room(1)[0] = (byte)ascii;
        Length++;
        return this;
    }

    public Utf8Text Add(long number)
    {
        Utf8Formatter.TryFormat(number, Room(LongestNumber), out int written);
        Length += written;
        return this;
    }

    public Utf8Text Add(ulong number)
    {
        Utf8Formatter.TryFormat(number, Room(LongestNumber), out int written);
        Length += written;
        return this;
    }

    /// <summary>Tabs at the start of a line.</summary>
    public Utf8Text Indent(int tabs)
    {
        Room(tabs)[..tabs].Fill((byte)'\t');
        Length += tabs;
        return this;
    }

    /// <summary>What is there.</summary>
    public ReadOnlySpan<byte> Written => new(_bytes, 0, Length);

    /// <summary>Writes what is there, and starts anew.</summary>
    public void MoveTo(Stream output)
    {
        output.Write(Written);
        Length = 0;
    }

    public override string ToString() => Encoding.UTF8.GetString(Written);

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - Length < length) Array.Resize(ref _bytes, checked(Math.Max(_bytes.Length * 2, Length + length)));
        return new(_bytes, Length, _bytes.Length - Length);
    }
}
