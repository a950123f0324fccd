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

    Errno IBpfMap.TryReadBatch(ReadOnlySpan<byte> from, Span<byte> to, Span<byte> keys, Span<byte> values, ref int count)
    {
        if (CanBatch(BpfCommand.MapLookupBatch))
        {
            Errno errno = Batch(BpfCommand.MapLookupBatch, from, to, keys, values, ref count, 0);
            if (CanBatch(BpfCommand.MapLookupBatch)) return errno;
        }

        count = 0;
        return Errno.EOPNOTSUPP;
    }

    BpfException IBpfMap.Explain(MapOperation operation, Errno errno) => Refusal(operation, errno);
}
