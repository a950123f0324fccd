// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Maps;

/// <content>What the map has in common with maps that are not the kernel's: its answers as they are.</content>
public sealed unsafe partial class BpfMap
{
    int IBpfMap.CpuCount => CpuList.PossibleCount;

    Errno IBpfMap.TryLookup(ReadOnlySpan<byte> key, Span<byte> value, bool locked)
    {
        CheckSizes(key, value);
        return Call(BpfCommand.MapLookupElem, key, value, locked ? LockFlag : 0);
    }

    Errno IBpfMap.TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode) => TryUpdate(key, value, mode);

    Errno IBpfMap.TryDelete(ReadOnlySpan<byte> key)
    {
        CheckKey(key);
        return Call(BpfCommand.MapDeleteElem, key, default, 0);
    }

    Errno IBpfMap.TryNextKey(ReadOnlySpan<byte> key, Span<byte> next)
    {
        if (!key.IsEmpty) CheckKey(key);
        CheckKey(next);
        return Call(BpfCommand.MapGetNextKey, key, next, 0);
    }

    Errno IBpfMap.TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckSizes(key, value);
        return Call(BpfCommand.MapLookupAndDeleteElem, key, value, 0);
    }

    BpfException IBpfMap.Explain(MapOperation operation, Errno errno) => operation switch
    {
        MapOperation.Lookup => Failure.Of($"look up in map '{Name}'", BpfCommand.MapLookupElem, errno),
        MapOperation.Update => Failure.Of($"update map '{Name}'", BpfCommand.MapUpdateElem, errno),
        MapOperation.Delete => Failure.Of($"delete from map '{Name}'", BpfCommand.MapDeleteElem, errno),
        MapOperation.Take => Failure.Of($"take from map '{Name}'", BpfCommand.MapLookupAndDeleteElem, errno),
        _ => Failure.Of($"walk map '{Name}'", BpfCommand.MapGetNextKey, errno),
    };
}
