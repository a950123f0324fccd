// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>A queue map: first in, first out. A view: it does not own the map. Safe for use from several threads.</summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfQueue<T>
    where T : unmanaged
{
    /// <summary>Sees a map as a queue.</summary>
    /// <exception cref="ArgumentException">It is no queue map, or the size of its values differs.</exception>
    public BpfQueue(IBpfMap map) => Map = TypedView.Expect(map, MapType.Queue).ExpectValue<T>();

    /// <summary>The map.</summary>
    public IBpfMap Map { get; }

    /// <summary>Appends a value.</summary>
    /// <exception cref="BpfException">The queue is full (E2BIG).</exception>
    public void Enqueue(in T value) => Map.Store(default, TypedView.BytesOf(in value));

    /// <summary>Appends a value unless the queue is full; returns whether it was appended.</summary>
    public bool TryEnqueue(in T value) => Keyless.TryPush(Map, in value);

    /// <summary>Appends a value; a full queue loses its oldest.</summary>
    public void EnqueueOverwriting(in T value) => Map.Store(default, TypedView.BytesOf(in value), UpdateMode.Replace);

    /// <summary>Takes the oldest value. Returns false when the queue is empty.</summary>
    public bool TryDequeue(out T value) => Keyless.TryPop(Map, out value);

    /// <summary>Reads the oldest value and leaves it there. Returns false when the queue is empty.</summary>
    public bool TryPeek(out T value) => Keyless.TryPeek(Map, out value);
}
