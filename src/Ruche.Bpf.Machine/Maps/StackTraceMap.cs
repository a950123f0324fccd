// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>Stacks under ids that are made of their hashes; a program that comes with the same stack gets the same id.</summary>
internal sealed class StackTraceMap : MachineMap
{
    private const ulong CompareHashOnly = 1 << 9;
    private const ulong ReplaceOther = 1 << 10;

    private readonly Lock _gate = new();
    private readonly byte[]?[] _stacks;

    public StackTraceMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount) => _stacks = new byte[]?[BitOperations.RoundUpToPowerOf2(MaxEntries)];

    /// <summary>Keeps a stack, as far as a value holds it.</summary>
    /// <param name="stack">The bytes of its entries, the innermost first.</param>
    /// <param name="flags">Those of bpf_get_stackid.</param>
    /// <param name="id">The key under which it is.</param>
    /// <returns>EEXIST when another stack has the id.</returns>
    internal Errno Add(ReadOnlySpan<byte> stack, ulong flags, out uint id)
    {
        stack = stack[..Math.Min(stack.Length, ValueSize)];
        id = KeyHash.Of(stack) & (uint)(_stacks.Length - 1);
        lock (_gate)
        {
            if (_stacks[id] is { } there)
            {
                bool isSame = stack.SequenceEqual(there) || ((flags & CompareHashOnly) != 0 && KeyHash.Of(there) == KeyHash.Of(stack));
                if (isSame) return Errno.None;
                if ((flags & ReplaceOther) == 0) return Errno.EEXIST;
            }

            _stacks[id] = stack.ToArray();
            return Errno.None;
        }
    }

    internal override Errno Delete(ReadOnlySpan<byte> key)
    {
        uint id = MemoryMarshal.Read<uint>(key);
        if (id >= _stacks.Length) return Errno.E2BIG;
        return Interlocked.Exchange(ref _stacks[id], null) is null ? Errno.ENOENT : Errno.None;
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        uint id = MemoryMarshal.Read<uint>(key);
        if (id >= _stacks.Length || _stacks[id] is not { } stack) return Errno.ENOENT;
        value.Clear();
        stack.CopyTo(value);
        return Errno.None;
    }

    private protected override Errno TakeEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        lock (_gate) return ReadEntry(key, value) is not Errno.None and var errno ? errno : Delete(key);
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Errno.EINVAL;

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Delete(key);

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next)
    {
        uint id = key.IsEmpty ? 0 : MemoryMarshal.Read<uint>(key);
        bool isThere = !key.IsEmpty && id < _stacks.Length && _stacks[id] is not null;
        for (id = isThere ? id + 1 : 0; id < _stacks.Length; id++)
        {
            if (_stacks[id] is null) continue;
            MemoryMarshal.Write(next, id);
            return Errno.None;
        }

        return Errno.ENOENT;
    }
}
