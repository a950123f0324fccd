// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Buffers;

/// <summary>
/// Reads one or several ring buffers (Linux 5.8). Records come in the order in which programs reserved them; what a program discards
/// is not seen. What did not fit is known to the program alone: its reserve fails. The maps may be disposed before the reader.
/// One thread reads at a time; others wait.
/// </summary>
public sealed class RingBufferReader : BufferReader
{
    private readonly Ring[] _rings;

    /// <summary>Maps ring buffers into memory. There should be one reader of each.</summary>
    /// <exception cref="ArgumentException">A map is no ring buffer, or one that overwrites its oldest records.</exception>
    public RingBufferReader(params ReadOnlySpan<BpfMap> maps)
    {
        _rings = new Ring[maps.Length];
        try
        {
            if (maps.IsEmpty) throw new ArgumentException("no ring buffers are given", nameof(maps));
            for (int i = 0; i < maps.Length; i++)
            {
                _rings[i] = new Ring(Expect(maps[i]));
                Watch(maps[i].Fd);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How far each ring buffer has been written and read.</summary>
    public RingBufferPosition PositionOf(int ring = 0) => Look(() => _rings[ring].Position);

    private protected override int ReadBuffers<THandler>(ref THandler handler, int limit)
    {
        int count = 0;
        for (int i = 0; i < _rings.Length && count < limit && !IsClosing; i++)
            count += _rings[i].Read(i, ref handler, limit - count, this);
        return count;
    }

    private protected override void ReleaseBuffers()
    {
        foreach (Ring? ring in _rings) ring?.Dispose();
    }

    private static BpfMap Expect(BpfMap map)
    {
        TypedView.Expect(map, MapType.RingBuf);
        return map.Flags.HasFlag(MapFlags.RingBufferOverwrite)
            ? throw new ArgumentException($"ring buffer '{map.Name}' overwrites its records and cannot be read as a stream", nameof(map))
            : map;
    }
}
