// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

/// <summary>Lays structs out as the runtime does: fields in order, or where they say they are.</summary>
internal static class StructLayoutReader
{
    public static void Read(StructShape shape, TypeCatalog catalog, MetadataAssembly assembly, TypeDefinition type, TypeArguments arguments)
    {
        List<(string Name, ClrType Type)> fields = [];
        List<int> offsets = [];
        List<bool> own = [];
        List<string?> tags = [];
        List<AttributeMark?> contained = [];
        foreach (var handle in type.GetFields())
        {
            var field = assembly.Reader.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.Static) != 0) continue;
            fields.Add((assembly.Reader.GetString(field.Name), field.DecodeSignature(new TypeReader(catalog, assembly), arguments)));
            offsets.Add(field.GetOffset());
            own.Add((field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Private);
            tags.Add(TagOf(AttributeMarks.Find(assembly, field.GetCustomAttributes(), "Ruche.Bpf.Kernel.KptrAttribute")) ?? AttributeMarks.Find(assembly, field.GetCustomAttributes(), "Ruche.Bpf.Kernel.Lowering.BtfNameAttribute")?.Arguments[0] as string);
            contained.Add(AttributeMarks.Find(assembly, field.GetCustomAttributes(), "Ruche.Bpf.Kernel.ContainsAttribute"));
        }

        var layout = type.GetLayout();
        bool isExplicit = (type.Attributes & TypeAttributes.LayoutMask) == TypeAttributes.ExplicitLayout;
        if (isExplicit) Place(shape, fields, offsets, layout.Size);
        else LayOut(shape, [.. fields], layout.PackingSize, layout.Size);
        shape.Fields = [.. shape.Fields.Select((f, i) => f with { IsPrivate = own[i], Tag = tags[i], Contains = ContainedBy(contained[i], catalog) })];
        if (AttributeMarks.Find(assembly, type.GetCustomAttributes(), "System.Runtime.CompilerServices.InlineArrayAttribute") is { } inline)
        {
            shape.Count = (int)inline.Arguments[0]!;
            shape.Size *= shape.Count;
        }
    }

    private static (ClrType Type, string Field)? ContainedBy(AttributeMark? mark, TypeCatalog catalog)
    {
        if (mark?.Arguments is not [string type, string field]) return null;
        string name = type.Split(',')[0];
        return mark.Assembly.TryFindType(name, out var handle) ? (catalog.TypeOf(mark.Assembly, handle, []), field)
            : throw new CSharpException(new(RuleIds.Missing, $"there is no type '{name}'", "keep what a list contains in the assembly of the list"));
    }

    // As the kernel calls them.
    private static string? TagOf(AttributeMark? mark) => mark is null ? null : mark.Is("IsPerCpu") ? "percpu_kptr" : mark.Is("IsUntrusted") ? "kptr_untrusted" : "kptr";

    /// <summary>One field behind the other, each on a border of its own size, or of <paramref name="pack"/> when that is less and not 0.</summary>
    public static void LayOut(StructShape shape, ImmutableArray<(string Name, ClrType Type)> fields, int pack, int size)
    {
        var placed = ImmutableArray.CreateBuilder<FieldShape>(fields.Length);
        int end = 0, alignment = 1;
        foreach (var (name, type) in fields)
        {
            int border = pack == 0 ? type.Alignment : Math.Min(pack, type.Alignment);
            end = Up(end, border);
            placed.Add(new(name, end, type));
            end += type.Size;
            alignment = Math.Max(alignment, border);
        }

        shape.Fields = placed.MoveToImmutable();
        shape.Alignment = alignment;
        shape.Size = Math.Max(Math.Max(Up(end, alignment), size), 1);
    }

    private static void Place(StructShape shape, List<(string Name, ClrType Type)> fields, List<int> offsets, int size)
    {
        shape.Fields = [.. fields.Select((f, i) => new FieldShape(f.Name, offsets[i], f.Type))];
        shape.Alignment = fields.Select(f => f.Type.Alignment).DefaultIfEmpty(1).Max();
        int end = shape.Fields.Select(f => f.Offset + f.Type.Size).DefaultIfEmpty(1).Max();

        // A declared size that is less leaves the elements of a flexible array behind the struct.
        shape.Size = size > 0 ? size : Up(end, shape.Alignment);
    }

    private static int Up(int offset, int border) => (offset + border - 1) / border * border;
}
