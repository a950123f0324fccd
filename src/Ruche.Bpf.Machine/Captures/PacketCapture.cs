// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Machine.Captures;

/// <summary>
/// The packets of a capture file: pcap (draft-ietf-opsawg-pcap) in its byte orders and time units, or pcapng (draft-ietf-opsawg-pcapng).
/// </summary>
public static class PacketCapture
{
    private const uint Microseconds = 0xa1b2_c3d4;
    private const uint Nanoseconds = 0xa1b2_3c4d;
    private const uint SectionHeader = 0x0a0d_0d0a;
    private const uint ByteOrderMagic = 0x1a2b_3c4d;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const int FileHeaderBytes = 24;
    private const int RecordHeaderBytes = 16;
    private const int BlockFrameBytes = 12;

    /// <summary>Whether a file begins as one of the two formats does.</summary>
    public static bool IsCapture(ReadOnlySpan<byte> file) => file.Length >= sizeof(uint)
        && BinaryPrimitives.ReadUInt32LittleEndian(file) is var magic
        && (magic is Microseconds or Nanoseconds or SectionHeader || BinaryPrimitives.ReverseEndianness(magic) is Microseconds or Nanoseconds);

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <exception cref="InvalidObjectException">It is no capture, or ends in the middle of a packet.</exception>
    public static ImmutableArray<CapturedPacket> Read(ReadOnlySpan<byte> file, string name = "capture")
    {
        if (!IsCapture(file)) throw Invalid(name, 0, "expected a capture in pcap or pcapng format");
        return BinaryPrimitives.ReadUInt32LittleEndian(file) is SectionHeader ? ReadBlocks(file, name) : ReadRecords(file, name);
    }

    private static ImmutableArray<CapturedPacket> ReadRecords(ReadOnlySpan<byte> file, string name)
    {
        bool isLittle = BinaryPrimitives.ReadUInt32LittleEndian(file) is Microseconds or Nanoseconds;
        var packets = ImmutableArray.CreateBuilder<CapturedPacket>();
        for (int at = FileHeaderBytes; at < file.Length;)
        {
            var header = Slice(file, at, RecordHeaderBytes, name);
            uint captured = Word(header, 8, isLittle), length = Word(header, 12, isLittle);
            packets.Add(Packet(Slice(file, at + RecordHeaderBytes, captured, name), length));
            at += RecordHeaderBytes + (int)captured;
        }

        return packets.ToImmutable();
    }

    // Blocks of an unknown type are passed over: that is what their length is for.
    private static ImmutableArray<CapturedPacket> ReadBlocks(ReadOnlySpan<byte> file, string name)
    {
        bool isLittle = true;
        var packets = ImmutableArray.CreateBuilder<CapturedPacket>();
        for (int at = 0; at < file.Length;)
        {
            var frame = Slice(file, at, BlockFrameBytes, name);
            uint type = Word(frame, 0, isLittle);
            if (type is SectionHeader) isLittle = Word(frame, 8, isLittle: true) is ByteOrderMagic;
            uint length = Word(frame, 4, isLittle);
            if (length < BlockFrameBytes || length % sizeof(uint) != 0) throw Invalid(name, at, $"a block of {length} bytes cannot be");
            var body = Slice(file, at, length, name)[8..^4];
            switch (type)
            {
                case SimplePacket:
                    uint whole = Word(Slice(body, 0, 4, name, at), 0, isLittle);
                    packets.Add(Packet(body.Slice(4, (int)Math.Min(whole, (uint)body.Length - 4)), whole));
                    break;
                case EnhancedPacket or ObsoletePacket:
                    var lengths = Slice(body, 12, 8, name, at);
                    packets.Add(Packet(Slice(body, 20, Word(lengths, 0, isLittle), name, at), Word(lengths, 4, isLittle)));
                    break;
            }

            at += (int)length;
        }

        return packets.ToImmutable();
    }

    private static CapturedPacket Packet(ReadOnlySpan<byte> bytes, uint length) => new([.. bytes], (int)Math.Min(length, int.MaxValue));

    private static uint Word(ReadOnlySpan<byte> bytes, int at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, int at, uint length, string name, int start = 0)
    {
        if (at > bytes.Length || length > (uint)(bytes.Length - at))
            throw Invalid(name, start + at, $"expected {length} more bytes, found {Math.Max(0, bytes.Length - at)}; the capture is cut off");
        return bytes.Slice(at, (int)length);
    }

    private static InvalidObjectException Invalid(string name, long offset, string message) =>
        new(new Diagnostic(MachineDiagnostics.BadCapture, Severity.Error, message, new Location.Image(name, null, offset)));
}
