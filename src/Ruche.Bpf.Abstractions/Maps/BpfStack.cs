// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>A stack map: last in, first out. A view: it does not own the map. Safe for use from several threads.</summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfStack<T>
    where T : unmanaged
{
    /// <summary>Sees a map as a stack.</summary>
    /// <exception cref="ArgumentException">It is no stack map, or the size of its values differs.</exception>
    public BpfStack(IBpfMap map) => Map = TypedView.Expect(map, MapType.Stack).ExpectValue<T>();

    /// <summary>The map.</summary>
    public IBpfMap Map { get; }

    /// <summary>Puts a value on top.</summary>
    /// <exception cref="BpfException">The stack is full (E2BIG).</exception>
    public void Push(in T value) => Map.Store(default, TypedView.BytesOf(in value));

    /// <summary>Puts a value on top unless the stack is full; returns whether it was.</summary>
    public bool TryPush(in T value) => Keyless.TryPush(Map, in value);

    /// <summary>Takes the topmost value. Returns false when the stack is empty.</summary>
    public bool TryPop(out T value) => Keyless.TryPop(Map, out value);

    /// <summary>Reads the topmost value and leaves it there. Returns false when the stack is empty.</summary>
    public bool TryPeek(out T value) => Keyless.TryPeek(Map, out value);
}
