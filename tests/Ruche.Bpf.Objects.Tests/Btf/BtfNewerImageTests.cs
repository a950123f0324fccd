// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Btf;

/// <summary>Images of encoders newer than this reader.</summary>
public sealed class BtfNewerImageTests
{
    [Fact]
    public void A_kind_that_the_images_own_table_describes_is_stepped_over()
    {
        byte[] image = Image(
            types: [0, Info(20, length: 2), 0, 11, 12, 13, 14, 15, /* int */ 1, Info(1), 4, 32],
            layout: [.. Enumerable.Repeat(0u, 20), 4 | (8 << 8)]);

        var spec = BtfSpec.Read(image);

        Assert.Equal(3, spec.Count);
        Assert.Equal(20, (int)spec.KindOf(1));
        Assert.Equal("x", spec[2].Name);
        Assert.Throws<InvalidObjectException>(() => spec[1]);
    }

    [Fact]
    public void A_kind_that_nothing_describes_is_refused()
    {
        byte[] image = Image(types: [0, Info(20), 0], layout: []);

        var error = Assert.Throws<InvalidObjectException>(() => BtfSpec.Read(image));

        Assert.Equal("RU3104", Assert.Single(error.Diagnostics).Id);
    }

    [Fact]
    public void Records_longer_than_known_are_read_as_far_as_they_are_known()
    {
        uint[] words = [0x0001eb9f, 32, 0, 24, 24, 0, 24, 0, /* record size */ 12, /* section */ 1, 1, /* slot 2, type 7, more */ 16, 7, 99];

        var ext = BtfExt.Read(Bytes(words), BtfSpec.Read(Image([1, Info(1), 4, 32], [])));

        Assert.Equal([new FuncInfo(2, 7)], ext.Functions("x"));
    }

    private static uint Info(uint kind, uint length = 0) => (kind << 24) | length;

    private static byte[] Image(uint[] types, uint[] layout)
    {
        uint typeBytes = (uint)types.Length * 4, layoutBytes = (uint)layout.Length * 4;
        return
        [
            .. Bytes([0x0001eb9f, 32, 0, typeBytes, typeBytes + layoutBytes, 4, typeBytes, layoutBytes]),
            .. Bytes(types), .. Bytes(layout), 0, (byte)'x', 0, 0,
        ];
    }

    private static byte[] Bytes(ReadOnlySpan<uint> words)
    {
        byte[] bytes = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        return bytes;
    }
}
