// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Compiler.Relocation;

/// <summary>What a name such as <c>task_struct.cpus_mask.bits[1]</c> leads to in a set of types.</summary>
/// <param name="Types">The set.</param>
/// <param name="Root">The type that the name begins with.</param>
/// <param name="Steps">The members passed, anonymous ones among them, and the elements of arrays.</param>
/// <param name="BitOffset">How many bits from the root's start.</param>
/// <param name="Type">The type of what is there, without modifiers.</param>
/// <param name="BitSize">How many bits it has when it is a bit field, 0 otherwise.</param>
internal sealed record KernelPath(BtfSpec Types, int Root, ImmutableArray<KernelPath.Step> Steps, long BitOffset, int Type, int BitSize)
{
    /// <summary>A member of a struct or union, an enumerator, or an element of an array; <paramref name="Holder"/> is what it is in.</summary>
    public sealed record Step(int Holder, int Index);

    /// <summary>How many bytes the field has.</summary>
    public int Size => Types.TrySizeOf(Type, out int size) ? size : 0;

    /// <summary>How many bytes a load of the field takes: of an array, those of an element.</summary>
    public int LoadSize
    {
        get
        {
            int type = Type;
            while (Types[type] is BtfType.Array array) type = Types.Resolve(array.Element);
            return Types.TrySizeOf(type, out int size) ? size : 0;
        }
    }

    /// <summary>The way to a field as the name says it; null and why when the types have none.</summary>
    public static KernelPath? Read(BtfSpec types, string name, out string problem)
    {
        string[] parts = name.Split('.');
        if (FindRoot(types, parts[0], out problem) is not { } path) return null;
        foreach (string part in parts.AsSpan(1))
        {
            int bracket = part.IndexOf('[', StringComparison.Ordinal);
            string member = bracket < 0 ? part : part[..bracket];
            if (path.ToMember(member) is not { } inner) return Fail($"there is no '{member}' on the way '{name}'", out problem);
            path = inner;
            foreach (string index in bracket < 0 ? [] : part[(bracket + 1)..].TrimEnd(']').Split("]["))
            {
                if (!int.TryParse(index, out int element) || path.ToElement(element) is not { } next) return Fail($"there is no element [{index}] on the way '{name}'", out problem);
                path = next;
            }
        }

        return path;
    }

    private static KernelPath? FindRoot(BtfSpec types, string name, out string problem)
    {
        problem = "";
        foreach (var kind in (BtfKind[])[BtfKind.Struct, BtfKind.Union, BtfKind.Enum, BtfKind.Enum64, BtfKind.Typedef, BtfKind.Int])
        {
            if (types.TryFind(kind, name, out int id)) return new(types, id, [], 0, types.Resolve(id), 0);
        }

        return Fail($"there is no type '{name}'", out problem);
    }

    private static KernelPath? Fail(string message, out string problem)
    {
        problem = message;
        return null;
    }

    private KernelPath? ToMember(string name)
    {
        if (Types[Type] is BtfType.Enum values)
        {
            int index = values.Values.Select((v, i) => (v.Name, i)).Where(v => v.Name == name).Select(v => v.i).DefaultIfEmpty(-1).First();
            return index < 0 ? null : this with { Steps = Steps.Add(new(Type, index)) };
        }

        if (Types[Type] is not BtfType.Composite composite) return null;
        for (int i = 0; i < composite.Members.Length; i++)
        {
            var member = composite.Members[i];
            var there = this with
            {
                Steps = Steps.Add(new(Type, i)),
                BitOffset = BitOffset + member.BitOffset,
                Type = Types.Resolve(member.Type),
                BitSize = member.BitSize,
            };
            if (member.Name == name) return there;
            if (member.Name.Length == 0 && there.ToMember(name) is { } nested) return nested;
        }

        return null;
    }

    private KernelPath? ToElement(int index)
    {
        if (Types[Type] is not BtfType.Array array || index < 0 || (array.Count > 0 && index >= array.Count)) return null;
        int element = Types.Resolve(array.Element);
        return this with { Steps = Steps.Add(new(Type, index)), BitOffset = BitOffset + (long)index * Types.SizeOf(element) * 8, Type = element };
    }
}
