// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Btf.Values;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>Entries by their types, one line an entry: <c>{ .pid = 7 }: 42</c>; of a per-CPU map <c>7: [0] 1, [1] 0</c>.</summary>
internal sealed class TypedEntries(Stream output, EntryLayout layout) : IEntryOutput
{
    private readonly StreamWriter _writer = new(output, bufferSize: 1 << 16);
    private readonly StringBuilder _line = new();
    private readonly MapTypes _types = layout.Types!;

    public void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _line.Clear();
        if (layout.KeySize > 0)
        {
            BtfValueText.Append(_line, _types.ReadKey(key));
            _line.Append(": ");
        }

        if (layout.IsPerCpu) AppendPerCpu(value);
        else BtfValueText.Append(_line, _types.ReadValue(value));
        _line.Append('\n');
        _writer.Write(_line);
    }

    public void Dispose() => _writer.Dispose();

    private void AppendPerCpu(ReadOnlySpan<byte> values)
    {
        for (int cpu = 0; (cpu + 1) * layout.Stride <= values.Length; cpu++)
        {
            _line.Append(cpu == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"[{cpu}] ");
            BtfValueText.Append(_line, _types.ReadValue(values.Slice(cpu * layout.Stride, layout.ValueSize)));
        }
    }
}
