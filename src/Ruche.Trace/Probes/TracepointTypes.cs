// SPDX-License-Identifier: MIT
using Ruche.Trace.Types;

namespace Ruche.Trace.Probes;

/// <summary>What the fields of trace points hold. The kernel's types are only asked for where the format does not tell enough.</summary>
internal static class TracepointTypes
{
    /// <summary>A field with its type. Pointers that system calls are given are those of the process.</summary>
    public static RecordMember Member(TracepointField field, bool isSystemCall, TypeCatalog types)
    {
        var space = isSystemCall ? MemorySpace.User : MemorySpace.Kernel;
        return new(field.Name, TypeOf(field, isSystemCall, space, types), field.Offset) { Location = field.Location, Spelling = SpellingOf(field) };
    }

    private static TraceType TypeOf(TracepointField field, bool isSystemCall, MemorySpace space, TypeCatalog types)
    {
        // What stands elsewhere in the event is reached by its address, whatever the type: text and arrays of any length.
        if (field.Location is not FieldLocation.Inline) return new TraceType.Pointer(ElementOf(field, 0, isSystemCall, space, types), MemorySpace.Kernel);
        if (!field.IsArray) return ElementOf(field, field.Size, isSystemCall, space, types);
        if (field is { Type: "char", Pointers: 0, Size: > 0 }) return new TraceType.Text(field.Size);
        var element = ElementOf(field, 0, isSystemCall, space, types);
        int size = ValueLayout.SizeOf(element);
        return size > 0 ? new TraceType.Array(element, field.Size / size) : new TraceType.Array(new TraceType.Integer(1, false), field.Size);
    }

    private static TraceType ElementOf(TracepointField field, int size, bool isSystemCall, MemorySpace space, TypeCatalog types)
    {
        if (field.Pointers == 0) return ValueOf(field, size, isSystemCall, types);
        var type = types.Find(field.Type) ?? TraceType.None;
        for (int i = 0; i < field.Pointers; i++) type = new TraceType.Pointer(type, space);
        return type;
    }

    /// <summary>The type of something that is no pointer; <paramref name="size"/> is 0 when the format does not tell it.</summary>
    private static TraceType ValueOf(TracepointField field, int size, bool isSystemCall, TypeCatalog types)
    {
        // System calls give every argument a whole word, so their types alone say how much of it counts.
        bool sizeCounts = size > 0 && !isSystemCall;
        bool hasKeyword = field.Type.Contains(' ', StringComparison.Ordinal);
        bool isNumber = sizeCounts && !hasKeyword && size is 1 or 2 or 4 or 8;
        var known = BaseTypes.Find(field.Type) ?? (isNumber ? null : types.Find(field.Type));
        return known is not null and not TraceType.Nothing && (!sizeCounts || ValueLayout.SizeOf(known) == size)
            ? known
            : TypeCatalog.NumberOf(Math.Max(size, 1), field.IsSigned);
    }

    private static string SpellingOf(TracepointField field) => field.Location is FieldLocation.Inline
        ? Bare(field)
        : field.Declaration[..field.Declaration.LastIndexOf(' ')];

    private static string Bare(TracepointField field)
    {
        int name = field.Declaration.LastIndexOf(field.Name, StringComparison.Ordinal);
        return field.Declaration[..name].TrimEnd() + field.Declaration[(name + field.Name.Length)..];
    }
}
