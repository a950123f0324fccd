// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Programs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>Reads the value of an update: bytes, a typed value, or the map or program that a map of those is to hold.</summary>
internal static class EntryValue
{
    /// <summary>The bytes that the kernel is to be given.</summary>
    /// <param name="words">The words from <c>value</c> on.</param>
    /// <param name="map">The map.</param>
    /// <param name="held">What must stay open until the update is done.</param>
    public static byte[] Take(CommandWords words, BpfMap map, out IDisposable? held)
    {
        held = null;
        if (!words.TryTake("value")) throw words.Refuse("the value is missing");
        switch (map.Type)
        {
            case MapType.ProgArray:
                BpfProgram program = ProgramSelection.TakeOne(words);
                held = program;
                return Descriptor(program.Fd);
            case MapType.ArrayOfMaps or MapType.HashOfMaps:
                BpfMap inner = MapSelection.TakeOne(words);
                held = inner;
                return Descriptor(inner.Fd);
            default:
                return ForEveryCpu(map, Read(words, map));
        }
    }

    private static byte[] Read(CommandWords words, BpfMap map)
    {
        MapTypes? types = MapTypes.Of(map);
        return EntryWords.Read(words, words.TakeUntil("any", "exist", "noexist"), map.ValueSize, "value", types, types?.Value ?? 0);
    }

    private static byte[] ForEveryCpu(BpfMap map, byte[] value)
    {
        EntryLayout layout = EntryLayout.Of(map);
        if (!layout.IsPerCpu) return value;
        byte[] values = new byte[map.ValueBufferSize];
        for (int start = 0; start < values.Length; start += layout.Stride) value.CopyTo(values, start);
        return values;
    }

    private static byte[] Descriptor(BpfFd fd)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)fd.DangerousGetHandle());
        return bytes;
    }
}
