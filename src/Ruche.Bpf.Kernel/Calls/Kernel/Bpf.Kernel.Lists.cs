// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Lists and trees of objects. Objects have their node as their first field.</content>
public static unsafe partial class Bpf
{
    /// <summary>Puts an object in front. Since 6.4.</summary>
    [Kfunc("bpf_list_push_front_impl")]
    internal static int ListPushFrontImpl(ref BpfListHead head, ref BpfListNode node, void* meta, ulong offset) => throw KernelOnly.Call;

    /// <summary>Puts an object at the end. Since 6.4.</summary>
    [Kfunc("bpf_list_push_back_impl")]
    internal static int ListPushBackImpl(ref BpfListHead head, ref BpfListNode node, void* meta, ulong offset) => throw KernelOnly.Call;

    /// <summary>Takes the first object out; null when there is none. Since 6.2.</summary>
    [Kfunc("bpf_list_pop_front", Returns = AddressSpace.Value)]
    public static BpfListNode* ListPopFront(ref BpfListHead head) => throw KernelOnly.Call;

    /// <summary>Takes the last object out; null when there is none. Since 6.2.</summary>
    [Kfunc("bpf_list_pop_back", Returns = AddressSpace.Value)]
    public static BpfListNode* ListPopBack(ref BpfListHead head) => throw KernelOnly.Call;

    /// <summary>The first object, which stays; null when there is none. Since 6.16.</summary>
    [Kfunc("bpf_list_front", Returns = AddressSpace.Value)]
    public static BpfListNode* ListFront(ref BpfListHead head) => throw KernelOnly.Call;

    /// <summary>The last object, which stays; null when there is none. Since 6.16.</summary>
    [Kfunc("bpf_list_back", Returns = AddressSpace.Value)]
    public static BpfListNode* ListBack(ref BpfListHead head) => throw KernelOnly.Call;

    /// <summary>Puts an object into a tree. Since 6.4.</summary>
    [Kfunc("bpf_rbtree_add_impl")]
    internal static int RbtreeAddImpl(
        ref BpfTreeRoot root, ref BpfTreeNode node, delegate*<BpfTreeNode*, BpfTreeNode*, bool> less, void* meta, ulong offset) => throw KernelOnly.Call;

    /// <summary>Takes an object out of a tree; null when it was not in it. Since 6.3.</summary>
    [Kfunc("bpf_rbtree_remove", Returns = AddressSpace.Value)]
    public static BpfTreeNode* RbtreeRemove(ref BpfTreeRoot root, ref BpfTreeNode node) => throw KernelOnly.Call;

    /// <summary>The least object, which stays; null when there is none. Since 6.3.</summary>
    [Kfunc("bpf_rbtree_first", Returns = AddressSpace.Value)]
    public static BpfTreeNode* RbtreeFirst(ref BpfTreeRoot root) => throw KernelOnly.Call;

    /// <summary>The object at the top, which stays; null when there is none. Since 6.16.</summary>
    [Kfunc("bpf_rbtree_root", Returns = AddressSpace.Value)]
    public static BpfTreeNode* RbtreeRoot(ref BpfTreeRoot root) => throw KernelOnly.Call;

    /// <summary>The object below that is less; null when there is none. Since 6.16.</summary>
    [Kfunc("bpf_rbtree_left", Returns = AddressSpace.Value)]
    public static BpfTreeNode* RbtreeLeft(ref BpfTreeRoot root, ref BpfTreeNode node) => throw KernelOnly.Call;

    /// <summary>The object below that is not less; null when there is none. Since 6.16.</summary>
    [Kfunc("bpf_rbtree_right", Returns = AddressSpace.Value)]
    public static BpfTreeNode* RbtreeRight(ref BpfTreeRoot root, ref BpfTreeNode node) => throw KernelOnly.Call;

    /// <summary>Puts an object in front, which belongs to the list then (6.2).</summary>
    public static int ListPushFront(ref BpfListHead head, ref BpfListNode node) => ListPushFrontImpl(ref head, ref node, null, 0);

    /// <summary>Puts an object at the end, which belongs to the list then (6.2).</summary>
    public static int ListPushBack(ref BpfListHead head, ref BpfListNode node) => ListPushBackImpl(ref head, ref node, null, 0);

    /// <summary>Takes the first object out; a null reference when there is none (6.2).</summary>
    public static ref T ListPopFront<T>(ref BpfListHead head)
        where T : unmanaged => ref *(T*)ListPopFront(ref head);

    /// <summary>Takes the last object out; a null reference when there is none (6.2).</summary>
    public static ref T ListPopBack<T>(ref BpfListHead head)
        where T : unmanaged => ref *(T*)ListPopBack(ref head);

    /// <summary>Puts an object into a tree, which it belongs to then; the method says whether the first of two is less (6.3).</summary>
    public static int RbtreeAdd(ref BpfTreeRoot root, ref BpfTreeNode node, delegate*<BpfTreeNode*, BpfTreeNode*, bool> less) =>
        RbtreeAddImpl(ref root, ref node, less, null, 0);

    /// <summary>The least object, which stays; a null reference when there is none (6.3).</summary>
    public static ref T RbtreeFirst<T>(ref BpfTreeRoot root)
        where T : unmanaged => ref *(T*)RbtreeFirst(ref root);
}
