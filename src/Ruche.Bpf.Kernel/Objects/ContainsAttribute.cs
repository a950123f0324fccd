// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>The field is a list or a tree of objects of a type (in the object's type information: <c>contains:TYPE:FIELD</c>).</summary>
/// <param name="type">The objects' type.</param>
/// <param name="field">The field of theirs that links them: a <see cref="BpfListNode"/> or a <see cref="BpfTreeNode"/>.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ContainsAttribute(Type type, string field) : Attribute
{
    /// <summary>The objects' type.</summary>
    public Type Type { get; } = type;

    /// <summary>The field of theirs that links them.</summary>
    public string Field { get; } = field;
}
