// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Tests.Samples;

/// <summary>A record of a ring buffer, read by the offsets of the fields of its struct.</summary>
internal sealed record ToldRecord(byte[] Bytes)
{
    public int Number(int offset) => BitConverter.ToInt32(Bytes, offset);

    public ulong Word(int offset) => BitConverter.ToUInt64(Bytes, offset);

    /// <summary>Text that a zero ends.</summary>
    public string Text(int offset, int size)
    {
        var text = Bytes.AsSpan(offset, size);
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
