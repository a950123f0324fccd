// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Verifier.Programs;

/// <summary>A field of a map value or of an allocated object that only helpers and kernel functions may touch.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it starts.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Type">Of a kptr, the id of the type it points to, in the program's types; 0 otherwise.</param>
internal sealed record SpecialField(SpecialFieldKind Kind, int Offset, int Size, int Type = 0)
{
    private const int MaxDepth = 12;

    /// <summary>The special fields of a type, in order of their offsets.</summary>
    public static ImmutableArray<SpecialField> Find(BtfSpec? types, int type)
    {
        if (types is null || type == 0) return [];
        List<SpecialField> found = [];
        Collect(types, type, 0, 0, found);
        found.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        return [.. found];
    }

    private static void Collect(BtfSpec types, int type, int offset, int depth, List<SpecialField> found)
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
                found.Add(new(kind, offset, x.Size));
                break;
            case BtfType.Composite x:
                foreach (var member in x.Members.Where(m => m.BitSize == 0)) Collect(types, member.Type, offset + (member.BitOffset / 8), depth + 1, found);
                break;
            case BtfType.DataSection x:
                foreach (var variable in x.Variables) Collect(types, VariableTarget(types, variable.Type), offset + variable.Offset, depth + 1, found);
                break;
            case BtfType.Array x when types.TrySizeOf(x.Element, out int size) && x.Count is > 0 and <= 64:
                for (int i = 0; i < x.Count; i++) Collect(types, x.Element, offset + (i * size), depth + 1, found);
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
