// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Images;

/// <summary>Bytes that are all in memory.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : ImageBytes
{
    public override long Length => bytes.Length;

    public override ReadOnlyMemory<byte> Part(long offset, int length) => bytes.Slice((int)offset, length);
}
