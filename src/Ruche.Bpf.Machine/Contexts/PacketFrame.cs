// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>A packet with room before and behind it, and metadata right before it.</summary>
internal sealed unsafe class PacketFrame
{
    private const int Smallest = 1 << 16;

    private LowMemory _memory = new(Smallest);
    private ulong _home;

    /// <summary>The first byte of the packet.</summary>
    public ulong Data { get; private set; }

    /// <summary>Where the packet ends.</summary>
    public ulong End { get; private set; }

    /// <summary>The first byte of the metadata; the packet's when there is none.</summary>
    public ulong Metadata { get; private set; }

    /// <summary>Where the packet may begin at the lowest.</summary>
    public ulong HeadLimit { get; private set; }

    /// <summary>Where the packet may end at the highest.</summary>
    public ulong TailLimit { get; private set; }

    public int Length => (int)(End - Data);

    // SAFETY: these lie within the memory of this frame.
    public Span<byte> Bytes => new((void*)Data, Length);

    public Span<byte> MetadataBytes => new((void*)Metadata, (int)(Data - Metadata));

    /// <summary>Everything that a program reaches.</summary>
    public MemoryRegion Region => new("packet", Metadata, End - Metadata, MemoryRights.ReadWrite);

    /// <summary>Puts a packet in.</summary>
    /// <param name="packet">The metadata and the packet behind it.</param>
    /// <param name="metadata">How many bytes of it are metadata.</param>
    /// <param name="headroom">How far from the frame's beginning the packet begins.</param>
    /// <param name="reserved">How much of that room is not for the packet.</param>
    /// <param name="capacity">Where the room behind the packet ends, from the frame's beginning.</param>
    public void Load(ReadOnlySpan<byte> packet, int metadata, int headroom, int reserved, int capacity)
    {
        capacity = Math.Max(capacity, headroom + packet.Length - metadata);
        if (capacity > _memory.Length) _memory = new(capacity);

        Data = _home = _memory.Start + (ulong)headroom;
        Metadata = Data - (ulong)metadata;
        End = Metadata + (ulong)packet.Length;
        HeadLimit = _memory.Start + (ulong)reserved;
        TailLimit = _memory.Start + (ulong)capacity;
        packet.CopyTo(new((void*)Metadata, packet.Length));
    }

    /// <summary>Forgets what earlier packets have left before this one.</summary>
    public void ClearHeadroom() => new Span<byte>((void*)HeadLimit, (int)(Metadata - HeadLimit)).Clear();

    /// <summary>Lets the packet begin elsewhere; the metadata go with it.</summary>
    public void MoveHead(ulong data)
    {
        var metadata = MetadataBytes;
        (Metadata, Data) = (data - (ulong)metadata.Length, data);
        metadata.CopyTo(MetadataBytes);
    }

    public void MoveMetadata(ulong metadata) => Metadata = metadata;

    /// <summary>Makes the packet shorter or longer at its end; what it grows by is zero.</summary>
    public void Resize(int length)
    {
        if (Data + (ulong)length > TailLimit) GoHome();
        ulong end = Data + (ulong)length;
        if (end > End) new Span<byte>((void*)End, (int)(end - End)).Clear();
        End = end;
    }

    /// <summary>Puts zeros into the packet; what is before them moves.</summary>
    public void Insert(int offset, int length)
    {
        if (Data - HeadLimit < (ulong)length) GoHome();
        var before = Bytes[..offset];
        Metadata = Data -= (ulong)length;
        before.CopyTo(Bytes);
        Bytes.Slice(offset, length).Clear();
    }

    /// <summary>Takes bytes out of the packet; what is before them moves.</summary>
    public void Remove(int offset, int length)
    {
        var before = Bytes[..offset];
        Metadata = Data += (ulong)length;
        before.CopyTo(Bytes);
    }

    // A packet that wanders as it grows and shrinks goes back to where it has the most room.
    private void GoHome()
    {
        var packet = Bytes;
        Metadata = Data = _home;
        End = Data + (ulong)packet.Length;
        packet.CopyTo(Bytes);
    }
}
