// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Verifier.Programs;

/// <summary>A field of a map value or of an allocated object that only helpers and kernel functions may touch.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it starts.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Type">Of a kptr, the id of the type it points to, in the program's types; 0 otherwise.</param>
/// <param name="Contained">Of a list or a tree, the type of the objects in it.</param>
/// <param name="NodeOffset">Of a list or a tree, where its node lies in those objects.</param>
internal sealed record SpecialField(SpecialFieldKind Kind, int Offset, int Size, int Type = 0, int Contained = 0, int NodeOffset = 0)
{
    private const string ContainsTag = "contains:";

    private const int MaxDepth = 12;

    // A type with more of them has none, as far as the kernel is concerned.
    private const int MaxFields = 11;

    /// <summary>The special fields of a type, in order of their offsets.</summary>
    public static ImmutableArray<SpecialField> Find(BtfSpec? types, int type)
    {
        if (types is null || type == 0) return [];
        List<SpecialField> found = [];
        Collect(types, type, 0, 0, 0, -1, found);
        if (!IsConsistent(found)) return [];
        if (found.Count > MaxFields || found.GroupBy(f => f.Kind).Any(g => IsSingle(g.Key) && g.Skip(1).Any())) return [];
        CollectionsMarshal.AsSpan(found).Sort((a, b) => a.Offset.CompareTo(b.Offset));
        return [.. found];
    }

    // Of these a type may have one; with more it has none.
    private static bool IsSingle(SpecialFieldKind kind) => kind is SpecialFieldKind.SpinLock or SpecialFieldKind.ResilientSpinLock or SpecialFieldKind.Timer
        or SpecialFieldKind.WorkQueue or SpecialFieldKind.TaskWork or SpecialFieldKind.ReferenceCount;

    // A type whose fields do not go together has none: a list or a tree needs a lock beside it and has to say what it holds, and an
    // object that may be in a list and in a tree at once must count its references.
    private static bool IsConsistent(List<SpecialField> found)
    {
        bool Has(SpecialFieldKind kind) => found.Any(f => f.Kind == kind);
        bool hasLock = Has(SpecialFieldKind.SpinLock), hasResilientLock = Has(SpecialFieldKind.ResilientSpinLock);
        if (hasLock && hasResilientLock) return false;
        List<SpecialField> roots = [.. found.Where(f => f.Kind is SpecialFieldKind.ListHead or SpecialFieldKind.RedBlackRoot)];
        if (roots.Count > 0 && !hasLock && !hasResilientLock) return false;
        if (roots.Any(r => r.Contained == 0)) return false;
        return Has(SpecialFieldKind.ReferenceCount) || !Has(SpecialFieldKind.ListNode) || !Has(SpecialFieldKind.RedBlackNode);
    }

    // What a list or a tree holds stands in a tag of the variable or member that it is: the type, and the member of it that is the node.
    private static (int Type, int NodeOffset) Contents(BtfSpec types, SpecialFieldKind kind, int owner, int component)
    {
        string? contents = null;
        foreach (int id in types.IdsOf(BtfKind.DeclTag))
        {
            if (types[id] is not BtfType.DeclTag tag || tag.Target != owner || tag.Component != component || !tag.Name.StartsWith(ContainsTag, StringComparison.Ordinal)) continue;
            if (contents is not null) return default;
            contents = tag.Name[ContainsTag.Length..];
        }

        if (contents?.Split(':', 2) is not [var name, var member] || !types.TryFind(BtfKind.Struct, name, out int found)) return default;
        foreach (var node in ((BtfType.Composite)types[found]).Members)
        {
            if (node.Name != member) continue;
            string wanted = kind is SpecialFieldKind.ListHead ? "bpf_list_node" : "bpf_rb_node";
            return types.NameOf(types.Resolve(node.Type)) == wanted && node.BitOffset % 8 == 0 ? (found, node.BitOffset / 8) : default;
        }

        return default;
    }

    private static void Collect(BtfSpec types, int type, int offset, int depth, int owner, int component, List<SpecialField> found)
    {
        if (depth > MaxDepth) return;
        if (KernelPointer(types, type, offset) is { } pointer)
        {
            found.Add(pointer);
            return;
        }

        type = types.Resolve(type);
        switch (types[type])
        {
            case BtfType.Composite x when KindOf(x.Name) is { } kind:
                var (contained, nodeOffset) = kind is SpecialFieldKind.ListHead or SpecialFieldKind.RedBlackRoot ? Contents(types, kind, owner, component) : default;
                found.Add(new(kind, offset, x.Size, Contained: contained, NodeOffset: nodeOffset));
                break;
            case BtfType.Composite x:
                for (int i = 0; i < x.Members.Length; i++)
                {
                    var member = x.Members[i];
                    if (member.BitSize == 0) Collect(types, member.Type, offset + (member.BitOffset / 8), depth + 1, type, i, found);
                }

                break;
            case BtfType.DataSection x:
                foreach (var variable in x.Variables) Collect(types, VariableTarget(types, variable.Type), offset + variable.Offset, depth + 1, variable.Type, -1, found);
                break;
            case BtfType.Array x when types.TrySizeOf(x.Element, out int size):
                int before = found.Count;
                for (int i = 0; i < x.Count && found.Count <= MaxFields; i++)
                {
                    Collect(types, x.Element, offset + (i * size), depth + 1, owner, component, found);
                    if (found.Count == before) break;
                }

                break;
        }
    }

    private static int VariableTarget(BtfSpec types, int id) => types[id] is BtfType.Variable x ? x.Target : id;

    private static SpecialField? KernelPointer(BtfSpec types, int type, int offset)
    {
        int target = SkipModifiersButTags(types, type);
        return types[target] is BtfType.Pointer pointer && types[pointer.Target] is BtfType.TypeTag tag && KernelPointerOf(tag.Name) is { } kind
            ? new(kind, offset, BtfSpec.PointerSize, types.Resolve(tag.Target)) : null;
    }

    private static int SkipModifiersButTags(BtfSpec types, int id)
    {
        while (types[id] is BtfType.Const or BtfType.Volatile or BtfType.Restrict or BtfType.Typedef)
        {
            id = types[id] switch
            {
                BtfType.Const x => x.Target,
                BtfType.Volatile x => x.Target,
                BtfType.Restrict x => x.Target,
                BtfType.Typedef x => x.Target,
                _ => id,
            };
        }

        return id;
    }

    private static SpecialFieldKind? KernelPointerOf(string tag) => tag switch
    {
        "kptr" => SpecialFieldKind.KernelPointer,
        "kptr_untrusted" => SpecialFieldKind.UntrustedKernelPointer,
        "percpu_kptr" => SpecialFieldKind.PerCpuKernelPointer,
        "uptr" => SpecialFieldKind.UserPointer,
        _ => null,
    };

    private static SpecialFieldKind? KindOf(string name) => name switch
    {
        "bpf_spin_lock" => SpecialFieldKind.SpinLock,
        "bpf_res_spin_lock" => SpecialFieldKind.ResilientSpinLock,
        "bpf_timer" => SpecialFieldKind.Timer,
        "bpf_wq" => SpecialFieldKind.WorkQueue,
        "bpf_task_work" => SpecialFieldKind.TaskWork,
        "bpf_list_head" => SpecialFieldKind.ListHead,
        "bpf_list_node" => SpecialFieldKind.ListNode,
        "bpf_rb_root" => SpecialFieldKind.RedBlackRoot,
        "bpf_rb_node" => SpecialFieldKind.RedBlackNode,
        "bpf_refcount" => SpecialFieldKind.ReferenceCount,
        _ => null,
    };
}
