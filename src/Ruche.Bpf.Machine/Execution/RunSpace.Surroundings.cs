// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Machine.Contexts;
using Ruche.Bpf.Machine.Runs;

namespace Ruche.Bpf.Machine.Execution;

/// <content>The packet and the context of a run, and what it leaves behind.</content>
internal sealed unsafe partial class RunSpace
{
    private PacketFrame? _frame;
    private RunEffects? _effects;
    private ulong _reached;
    private bool _hasSurroundings;

    /// <summary>The packet; null when the run has none.</summary>
    public PacketFrame? Packet { get; private set; }

    /// <summary>The kind of context that the run has; null for a record.</summary>
    public ContextLayout? Context { get; private set; }

    /// <summary>The address of the context.</summary>
    public ulong ContextAddress { get; private set; }

    /// <summary>What the run has done so far; made when first asked for.</summary>
    public RunEffects Effects
    {
        get
        {
            _hasSurroundings = true;
            return _effects ??= new();
        }
    }

    /// <summary>What the run has done; null when nothing.</summary>
    public RunEffects? EffectsOrNone => _effects;

    /// <summary>The frame of this space, to put a packet into.</summary>
    public PacketFrame Frames => _frame ??= new();

    /// <summary>Gives the run a context, and a packet.</summary>
    public void Surround(ContextLayout layout, ulong context, PacketFrame? packet)
    {
        (Context, ContextAddress, Packet, _hasSurroundings) = (layout, context, packet, true);
        if (packet is null) return;
        Reach(packet);
        Publish();
    }

    /// <summary>After the packet has changed its place or length: the context says so, and what was in reach before is not.</summary>
    public void Moved()
    {
        Memory.Remove(_reached);
        Reach(Packet!);
        ForgetRegions();
        Publish();
    }

    private void Reach(PacketFrame packet)
    {
        _reached = packet.Metadata;
        Memory.Add(packet.Region);
    }

    private void Publish()
    {
        const int XdpData = 0, XdpEnd = 4, XdpMetadata = 8, BufferLength = 0, BufferData = 76, BufferEnd = 80, BufferMetadata = 140;
        var packet = Packet!;
        if (Context!.Data is ContextData.Xdp)
        {
            SetField(XdpData, packet.Data);
            SetField(XdpEnd, packet.End);
            SetField(XdpMetadata, packet.Metadata);
        }
        else
        {
            SetField(BufferLength, (ulong)packet.Length);
            SetField(BufferData, packet.Data);
            SetField(BufferEnd, packet.End);
            SetField(BufferMetadata, packet.Metadata);
        }
    }

    /// <summary>Reads a word of the context.</summary>
    public uint Field(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(new((byte*)ContextAddress + offset, sizeof(uint)));

    /// <summary>Writes a word of the context.</summary>
    public void SetField(int offset, ulong value) => BinaryPrimitives.WriteUInt32LittleEndian(new((byte*)ContextAddress + offset, sizeof(uint)), (uint)value);

    /// <summary>Writes two words of the context.</summary>
    public void SetLongField(int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(new((byte*)ContextAddress + offset, sizeof(ulong)), value);

    private void ForgetSurroundings() => (Packet, Context, ContextAddress, _effects, _hasSurroundings) = (null, null, 0, null, false);
}
