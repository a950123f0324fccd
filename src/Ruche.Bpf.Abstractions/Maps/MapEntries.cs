// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>The entries of a map, for <c>foreach</c>.</summary>
public readonly struct MapEntries
{
    private readonly IBpfMap _map;

    internal MapEntries(IBpfMap map) => _map = map;

    /// <summary>Starts a walk.</summary>
    public Enumerator GetEnumerator() => new(_map);

    /// <summary>One walk over a map. Dispose it, as <c>foreach</c> does; it must not be used by two threads.</summary>
    public struct Enumerator : IDisposable
    {
        private readonly EntryReader _reader;

        internal Enumerator(IBpfMap map) => _reader = new EntryReader(map);

        /// <summary>The entry the walk is at.</summary>
        public readonly MapEntry Current => new(_reader.Key, _reader.Value);

        /// <summary>Goes to the next entry.</summary>
        public readonly bool MoveNext() => _reader.MoveNext();

        /// <inheritdoc/>
        public readonly void Dispose() => _reader.Release();
    }
}
