// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Types;

/// <summary>
/// The fields of a structure, a union, or what an event carries. The fields are found when first asked for, since structures of the kernel
/// lead to each other without end. The same type is one object, so that types that contain it can be compared.
/// </summary>
internal sealed class RecordLayout(string name, bool isUnion, int size, Func<ImmutableArray<RecordMember>> members)
{
    private readonly Lazy<ImmutableArray<RecordMember>> _members = new(members);

    /// <summary>What it is called, keyword included: <c>struct sock</c>.</summary>
    public string Name { get; } = name;

    public bool IsUnion { get; } = isUnion;

    /// <summary>How many bytes it takes.</summary>
    public int Size { get; } = size;

    /// <summary>The fields in order. Fields of members without a name stand here with their offset in the whole.</summary>
    public ImmutableArray<RecordMember> Members => _members.Value;

    public RecordMember? Find(string name) => Members.FirstOrDefault(m => m.Name == name);
}
