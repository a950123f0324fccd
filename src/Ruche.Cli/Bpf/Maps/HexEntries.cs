// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>Entries as bytes in hexadecimal, one line an entry.</summary>
internal sealed class HexEntries(Stream output, EntryLayout layout) : IEntryOutput
{
    private byte[] _line = new byte[256];
    private int _length;

    public void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _length = 0;
        if (layout.KeySize > 0) Append("key:"u8, key);
        if (layout.IsPerCpu) AppendPerCpu(value);
        else Append(layout.HoldsMaps ? "inner_map_id:"u8 : "value:"u8, value);
        Append("\n"u8);
        output.Write(_line, 0, _length);
    }

    public void Dispose() => output.Dispose();

    private void AppendPerCpu(ReadOnlySpan<byte> values)
    {
        for (int cpu = 0; (cpu + 1) * layout.Stride <= values.Length; cpu++)
        {
            byte[] label = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"value (CPU {cpu:d2}):"));
            Append(label, values.Slice(cpu * layout.Stride, layout.ValueSize));
        }
    }

    private void Append(ReadOnlySpan<byte> label, ReadOnlySpan<byte> bytes)
    {
        if (_length > 0) Append("  "u8);
        Append(label);
        Reserve(bytes.Length * 3);
        foreach (byte b in bytes)
        {
            _line[_length++] = (byte)' ';
            _line[_length++] = Digit(b >> 4);
            _line[_length++] = Digit(b & 15);
        }
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_line.AsSpan(_length));
        _length += text.Length;
    }

    private void Reserve(int more)
    {
        if (_length + more > _line.Length) Array.Resize(ref _line, Math.Max(_line.Length * 2, _length + more));
    }

    private static byte Digit(int nibble) => (byte)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
}
