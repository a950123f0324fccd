// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Images;

/// <summary>How multi-byte numbers of an image are read and written; a struct type parameter, so there is no branch per access.</summary>
internal interface IByteOrder
{
    static abstract ByteOrder Order { get; }

    static abstract ushort U16(ReadOnlySpan<byte> source);

    static abstract uint U32(ReadOnlySpan<byte> source);

    static abstract ulong U64(ReadOnlySpan<byte> source);
}
