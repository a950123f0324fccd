// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Buffers;

namespace Ruche.Bpf.Tests.Buffers;

/// <summary>Counts records and sums their numbers.</summary>
internal struct CountingHandler : IRecordHandler
{
    public int Count;
    public ulong Sum;
    public int SourceMask;

    public void Handle(int source, ReadOnlySpan<byte> record)
    {
        Count++;
        Sum += MemoryMarshal.Read<ulong>(record);
        SourceMask |= 1 << source;
    }
}
