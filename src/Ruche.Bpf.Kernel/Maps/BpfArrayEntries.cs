// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The entries of an array map, one after another, for <c>foreach</c>.</summary>
/// <typeparam name="TValue">What is kept for each index.</typeparam>
public ref struct BpfArrayEntries<TValue>
    where TValue : unmanaged
{
    private readonly BpfArray<TValue> _map;
    private ref TValue _current;
    private uint _next;

    internal BpfArrayEntries(BpfArray<TValue> map)
    {
        _map = map;
        _current = ref Unsafe.NullRef<TValue>();
        _next = 0;
    }

    /// <summary>The entry, in place.</summary>
    public readonly ref TValue Current => ref _current;

    /// <summary>Goes on; false after the last.</summary>
    public bool MoveNext()
    {
        if (_next >= Bpf.CapacityOf(_map)) return false;
        _current = ref _map.Lookup(_next);
        _next++;
        return !Bpf.IsNull(ref _current);
    }
}
