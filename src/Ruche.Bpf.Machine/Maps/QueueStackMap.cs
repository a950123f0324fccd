// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>A queue or a stack: a ring of values, of which the queue gives the oldest and the stack the newest.</summary>
internal sealed class QueueStackMap : MachineMap
{
    private readonly Lock _gate = new();
    private readonly NativeBlock _values;
    private readonly bool _isStack;
    private uint _oldest;
    private uint _count;

    public QueueStackMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        _isStack = spec.Type is MapType.Stack;
        _values = new((long)ValueSize * MaxEntries);
    }

    private uint Next => _isStack ? (uint)(((ulong)_oldest + _count - 1) % MaxEntries) : _oldest;

    internal override Errno Push(ReadOnlySpan<byte> value, ulong flags)
    {
        if (flags is not ((ulong)UpdateMode.Any or (ulong)UpdateMode.Replace)) return Errno.EINVAL;
        lock (_gate)
        {
            if (_count == MaxEntries)
            {
                if (flags != (ulong)UpdateMode.Replace) return Errno.E2BIG;
                DropOldest();
            }

            value.CopyTo(At((uint)(((ulong)_oldest + _count) % MaxEntries)));
            _count++;
            return Errno.None;
        }
    }

    internal override Errno Pop(Span<byte> value)
    {
        lock (_gate)
        {
            if (Peek(value) is not Errno.None and var errno) return errno;
            if (_isStack) _count--;
            else DropOldest();
            return Errno.None;
        }
    }

    internal override Errno Peek(Span<byte> value)
    {
        lock (_gate)
        {
            value.Clear();
            if (_count == 0) return Errno.ENOENT;
            At(Next).CopyTo(value);
            return Errno.None;
        }
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value) => Peek(value);

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Push(value, flags);

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Errno.EINVAL;

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Errno.EINVAL;

    private protected override Errno TakeEntry(ReadOnlySpan<byte> key, Span<byte> value) => Pop(value);

    private void DropOldest()
    {
        _oldest = _oldest == MaxEntries - 1 ? 0 : _oldest + 1;
        _count--;
    }

    private Span<byte> At(uint place) => ValueAt(_values.Start + (nint)((long)place * ValueSize));
}
