// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Trace.Running;

/// <summary>Capture files that a script writes packets to: format pcap, times in nanoseconds, packets without a link layer.</summary>
internal sealed class PacketFiles : IDisposable
{
    private const uint NanosecondMagic = 0xa1b2_3c4d;
    private const uint LongestPacket = 0x4_0000;
    private const uint RawAddresses = 101;
    private const int Second = 1_000_000_000;

    private readonly Dictionary<string, Stream> _files = [];

    /// <summary>Writes a packet behind those that the file has.</summary>
    public void Write(string path, long unixNanoseconds, ReadOnlySpan<byte> packet)
    {
        if (!_files.TryGetValue(path, out var file)) _files.Add(path, file = Create(path));
        Words(file, (uint)(unixNanoseconds / Second), (uint)(unixNanoseconds % Second), (uint)packet.Length, (uint)packet.Length);
        file.Write(packet);
    }

    /// <summary>Hands what is written to whoever reads the files.</summary>
    public void Flush()
    {
        foreach (var file in _files.Values) file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }

    private static FileStream Create(string path)
    {
        var file = File.Create(path);
        Words(file, NanosecondMagic, (4 << 16) | 2, 0, 0, LongestPacket, RawAddresses);
        return file;
    }

    private static void Words(Stream file, params ReadOnlySpan<uint> words)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        foreach (uint word in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
            file.Write(bytes);
        }
    }
}
