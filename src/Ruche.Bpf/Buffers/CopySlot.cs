// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Buffers;

/// <summary>Keeps a copy of one record.</summary>
internal struct CopySlot : IRecordSlot<byte[]>
{
    public byte[] Record { get; private set; }

    public void Handle(int source, ReadOnlySpan<byte> record) => Record = record.ToArray();
}
