// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Types;

/// <summary>An enumeration and the names of its values. The same type is one object.</summary>
internal sealed class EnumLayout(string name, int bytes, bool isSigned, ImmutableArray<(string Name, long Value)> values)
{
    /// <summary>What it is called, keyword included.</summary>
    public string Name { get; } = name;

    public int Bytes { get; } = bytes;

    public bool IsSigned { get; } = isSigned;

    public ImmutableArray<(string Name, long Value)> Values { get; } = values;

    /// <summary>The name of a value; null when it has none.</summary>
    public string? NameOf(long value) => Values.FirstOrDefault(v => v.Value == value).Name;
}
