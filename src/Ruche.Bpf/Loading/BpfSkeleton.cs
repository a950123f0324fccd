// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Loading;

/// <summary>
/// What the classes have in common that a build generates beside kernel programs in C#: an object, with its maps, programs and global variables as members.
/// Owns the object, and the readers of its ring buffers.
/// </summary>
public abstract class BpfSkeleton : IDisposable
{
    private readonly Dictionary<string, IDisposable> _readers = new(StringComparer.Ordinal);

    /// <summary>Opens an object.</summary>
    /// <param name="spec">What it asks for.</param>
    /// <param name="options">How it is loaded.</param>
    /// <param name="isLoaded">Whether it is loaded at once.</param>
    protected BpfSkeleton(ObjectSpec spec, LoadOptions? options, bool isLoaded)
    {
        Object = BpfObject.Open(spec, options);
        if (!isLoaded) return;
        try
        {
            Object.Load();
        }
        catch
        {
            Object.Dispose();
            throw;
        }
    }

    /// <summary>The object, for all that has no member of its own.</summary>
    public BpfObject Object { get; }

    /// <summary>Attaches every program where it says; loads them before when that has not been done.</summary>
    /// <exception cref="BpfException">A program could not be attached; none is attached then.</exception>
    public ImmutableArray<AttachOutcome> Attach(AttachOptions? options = null) => Object.Attach(options);

    /// <summary>Detaches all programs, unloads them, and frees the maps.</summary>
    public void Dispose()
    {
        foreach (var reader in _readers.Values) reader.Dispose();
        Object.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The reader of a ring buffer, the same each time.</summary>
    protected BpfRingBuffer<T> RingBuffer<T>(string map)
        where T : unmanaged
    {
        if (_readers.TryGetValue(map, out var known)) return (BpfRingBuffer<T>)known;
        BpfRingBuffer<T> reader = new(Object.Map(map));
        _readers.Add(map, reader);
        return reader;
    }
}
