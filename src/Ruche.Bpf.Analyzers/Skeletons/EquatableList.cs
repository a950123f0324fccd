// SPDX-License-Identifier: MIT
using System.Collections;

namespace Ruche.Bpf.Analyzers.Skeletons;

/// <summary>A list that is the same as another with the same members: generators do again only what has changed.</summary>
internal sealed class EquatableList<T>(IEnumerable<T> members) : IEquatable<EquatableList<T>>, IEnumerable<T>
{
    private readonly T[] _members = [.. members];

    public bool Equals(EquatableList<T>? other) => other is not null && _members.SequenceEqual(other._members);

    public override bool Equals(object? obj) => Equals(obj as EquatableList<T>);

    public override int GetHashCode() => _members.Aggregate(17, (hash, member) => unchecked((hash * 31) + (member?.GetHashCode() ?? 0)));

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
