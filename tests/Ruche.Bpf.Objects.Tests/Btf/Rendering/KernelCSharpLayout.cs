// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Tests.Btf.Rendering;

/// <summary>Holds structs of a compiled source against the types that they were rendered from.</summary>
internal sealed class KernelCSharpLayout(BtfSpec spec, Assembly assembly)
{
    /// <summary>What programs in the kernel are compiled with, as far as rendered types need it.</summary>
    public const string Attributes = """
        using System;

        namespace Ruche.Bpf.Kernel;

        #pragma warning disable CS1591
        [AttributeUsage(AttributeTargets.Struct | AttributeTargets.Enum)]
        public sealed class KernelTypeAttribute(string name) : Attribute
        {
            public string Name => name;
        }

        [AttributeUsage(AttributeTargets.Method)]
        public sealed class KernelBitFieldAttribute(string name, int bitOffset, int bitSize, bool isSigned) : Attribute
        {
            public (string Name, int BitOffset, int BitSize, bool IsSigned) All => (name, bitOffset, bitSize, isSigned);
        }
        """;

    private readonly List<string> _differences = [];
    private readonly Dictionary<Type, int> _sizes = [];

    /// <summary>How many members have been compared.</summary>
    public int Compared { get; private set; }

    /// <summary>What differs between a struct or enumeration and its type, in words.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>Compares every type that has the kernel's name for one; of several of one name, with any of them.</summary>
    public void CompareAll()
    {
        foreach (var type in assembly.GetExportedTypes())
        {
            if (KernelName(type) is not { Length: > 0 } name) continue;
            int[] candidates = [.. Candidates(name)];
            if (candidates.Length == 1) Compare(type, candidates[0]);
            else if (!candidates.Any(id => spec.SizeOf(id) == SizeOf(type))) _differences.Add($"{type.Name} is like none of {name}");
        }
    }

    private static string? KernelName(Type type) =>
        type.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == "KernelTypeAttribute")?.ConstructorArguments[0].Value as string;

    private IEnumerable<int> Candidates(string name)
    {
        string[] words = name.Split(' ', 2);
        return words switch
        {
            ["struct", var tag] => spec.Find(BtfKind.Struct, tag),
            ["union", var tag] => spec.Find(BtfKind.Union, tag),
            ["enum", var tag] => spec.Find(BtfKind.Enum, tag).Concat(spec.Find(BtfKind.Enum64, tag)),
            _ => spec.Find(BtfKind.Typedef, name).Select(spec.Resolve).Distinct(),
        };
    }

    private void Compare(Type type, int id)
    {
        if (spec[id] is BtfType.Enum enumeration)
        {
            if (SizeOf(type) != enumeration.Size || Enum.GetNames(type).Length != enumeration.Values.Length) _differences.Add($"{type.Name} is another enum");
            return;
        }

        if (SizeOf(type) != Math.Max(1, spec.SizeOf(id))) _differences.Add($"{type.Name} has {SizeOf(type)} bytes, not {spec.SizeOf(id)}");
        var members = Members(id, 0).DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => (m.Bit, m.Type));
        foreach (var field in type.GetFields()) CompareField(field, members);
    }

    private void CompareField(FieldInfo field, Dictionary<string, (long Bit, int Type)> members)
    {
        Compared++;
        var (bit, type) = members[field.Name];
        long offset = field.GetCustomAttribute<FieldOffsetAttribute>()!.Value;
        if (offset * 8 != bit) _differences.Add($"{field.DeclaringType!.Name}.{field.Name} is at {offset}, not {bit / 8.0}");
        int size = spec.SizeOf(type);
        if (size > 0 && SizeOf(field.FieldType) != size) _differences.Add($"{field.DeclaringType!.Name}.{field.Name} has {SizeOf(field.FieldType)} bytes, not {size}");
    }

    private IEnumerable<(string Name, long Bit, int Type)> Members(int id, long start)
    {
        foreach (var member in ((BtfType.Composite)spec[id]).Members)
        {
            long bit = start + member.BitOffset;
            if (member.Name.Length > 0) yield return (member.Name, bit, member.Type);
            else if (spec[spec.Resolve(member.Type)] is BtfType.Composite) foreach (var inner in Members(spec.Resolve(member.Type), bit)) yield return inner;
        }
    }

    /// <summary>The runtime counts the first element of a flexible array at the end of a struct; the size that is written down does not.</summary>
    private int SizeOf(Type type)
    {
        if (type.IsPointer) return nint.Size;
        if (_sizes.TryGetValue(type, out int known)) return known;
        int size = RuntimeHelpers.SizeOf(type.TypeHandle);
        if (size > 1 && type.StructLayoutAttribute is { Value: LayoutKind.Explicit, Size: > 0 and var written } && written != size && Exceeds(type, written)) size = written;
        return _sizes[type] = size;
    }

    /// <summary>Whether a field reaches beyond the size that is written down.</summary>
    private static bool Exceeds(Type type, int written) => type.GetFields().Any(field =>
        field.GetCustomAttribute<FieldOffsetAttribute>() is { Value: var at }
        && at + (field.FieldType.IsPointer ? nint.Size : RuntimeHelpers.SizeOf(field.FieldType.TypeHandle)) > written);
}
