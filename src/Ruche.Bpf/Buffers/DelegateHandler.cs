// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Buffers;

/// <summary>A delegate as a handler.</summary>
internal readonly struct DelegateHandler(RecordHandler handler) : IRecordHandler
{
    public void Handle(int source, ReadOnlySpan<byte> record) => handler(record);
}
