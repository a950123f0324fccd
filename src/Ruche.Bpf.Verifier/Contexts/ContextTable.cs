// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>The fields of one structure as programs see it.</summary>
/// <param name="Name">What the structure is called: "struct __sk_buff".</param>
/// <param name="Size">Where it ends.</param>
/// <param name="Fields">What may be accessed; bytes of no field may not.</param>
internal sealed record ContextTable(string Name, int Size, params ContextField[] Fields)
{
    /// <summary>Where it begins.</summary>
    public int Start { get; init; }

    /// <summary>
    /// Decides about an access. Reasons are looked for from the coarse to the fine: whether it lies within the structure, meets a field
    /// that the kernel has, comes from a program that may, is aligned, and is of a size that the field allows.
    /// </summary>
    public ContextAnswer Check(in ContextRequest request)
    {
        int offset = request.Offset;
        if (offset < Start) return ContextAnswer.Refused($"{Name} begins at byte {Start}, and this access at byte {offset}");
        if (offset >= Size) return ContextAnswer.Refused($"{Name} ends at byte {Size}, and this access begins at byte {offset}");
        if (Find(request) is not { } field) return ContextAnswer.Refused($"{Name} has no field for programs at byte {offset}");

        string? refusal = CheckRelease(field, request) ?? CheckAudience(field, request) ?? CheckShape(field, request);
        if (refusal is not null) return ContextAnswer.Refused(refusal, field.Name);
        return request.IsWrite
            ? ContextAnswer.Number(field.Name)
            : new ContextAnswer { Kind = field.Kind, Flags = field.Flags, TypeName = field.TypeName, Field = field.Name };
    }

    private static string? CheckRelease(ContextField field, in ContextRequest request)
    {
        if (request.Kernel < field.Since) return $"`{field.Name}` came with Linux {field.Since}, and this is for {request.Kernel}";
        if (!request.IsWrite || field.Writers.IsNobody || request.Kernel >= field.WritableSince) return null;
        return $"`{field.Name}` can be written since Linux {field.WritableSince}, and this is for {request.Kernel}";
    }

    private static string? CheckAudience(ContextField field, in ContextRequest request)
    {
        Audience audience = request.IsWrite ? field.Writers : field.Readers;
        if (request.IsUnprivileged && (request.IsWrite ? field.IsWritePrivileged : field.IsReadPrivileged)) return $"`{field.Name}` is for programs with CAP_BPF";
        if (audience.Admits(request.Type, request.Attach)) return null;
        if (audience.IsNobody) return $"`{field.Name}` can only be read";

        string done = request.IsWrite ? "written" : "read";
        return $"`{field.Name}` cannot be {done} by {audience.NameRefused(request.Type, request.Attach)}; {audience} can";
    }

    private static string? CheckShape(ContextField field, in ContextRequest request)
    {
        (int offset, int size) = (request.Offset, request.Size);
        AccessSizes sizes = field.Sizes(request.IsWrite);
        if (((int)sizes & size) == 0) return $"`{field.Name}` can only be {(request.IsWrite ? "written" : "read")} as {Words(sizes)}";
        if (offset % size != 0) return $"an access of {size} bytes begins at a multiple of {size}, and this one at byte {offset}";
        if (field.IsReadFromStart && offset != field.Offset)
            return $"`{field.Name}` can only be read from its first byte, {field.Offset}, on";
        int end = field.Offset + field.Reach;
        if (offset + size > end) return $"`{field.Name}` ends at byte {end}, within this access";
        if (request.IsSignExtended && field.Kind is not ValueKind.Scalar) return $"`{field.Name}` is a pointer and cannot be sign-extended";
        return null;
    }

    private static string Words(AccessSizes sizes)
    {
        int[] bytes = [.. Enumerable.Range(0, 4).Select(bit => 1 << bit).Where(size => ((int)sizes & size) != 0)];
        string list = bytes.Length == 1 ? $"{bytes[0]}" : $"{string.Join(", ", bytes[..^1])} or {bytes[^1]}";
        return list + (bytes is [1] ? " byte" : " bytes");
    }

    /// <summary>The field that the kernel has there, or else one that it will have.</summary>
    private ContextField? Find(in ContextRequest request)
    {
        ContextField? younger = null;
        foreach (ContextField field in Fields)
        {
            if (!field.Covers(request.Offset) || request.Kernel >= field.Before) continue;
            if (field.IsIn(request.Kernel)) return field;
            younger = field;
        }

        return younger;
    }
}
