// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>
/// Lists and trees of objects that the program allocates. What is added belongs to the collection from then on: the program keeps a borrowed
/// pointer, which is good until the lock beside the collection is given back.
/// </summary>
internal sealed class Collections(Walk walk)
{
    /// <summary>Whether code runs here that orders the nodes of a tree.</summary>
    public static bool IsOrdering(Walk walk) => walk.Now.Frames.Any(f => f.Callback is CallbackKind.Comparison);

    /// <summary>The special fields of what a pointer points to.</summary>
    public static ImmutableArray<SpecialField> FieldsOf(Walk walk, Value pointer) => pointer.Kind switch
    {
        ValueKind.MapValue => pointer.Map!.Fields,
        ValueKind.Btf when !ReferenceEquals(pointer.Type.Types, walk.Kernel) => walk.FieldsOf(pointer.Type),
        _ => [],
    };

    /// <summary>Whether an object counts its references.</summary>
    public static bool CountsReferences(Walk walk, Value pointer) => FieldsOf(walk, pointer).Any(f => f.Kind is SpecialFieldKind.ReferenceCount);

    /// <summary>Checks an argument that must be a list or a tree, with its lock held.</summary>
    public void CheckRoot(KernelSignature signature, Value value, string name, SpecialFieldKind kind, KernelCallFacts facts)
    {
        bool isPlace = value is { Kind: ValueKind.MapValue, Flags: ValueFlags.None } or { Kind: ValueKind.Btf, Flags: ValueFlags.Allocated, Reference: not 0 };
        if (!isPlace) Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants {Words(kind)} in a map value or in an object that the program owns in {name}, and gets {Describe.Value(value)}", value);
        var root = FieldAt(value, name, kind);
        if (!Locks.IsHeld(walk.Now, value))
            Walk.Reject(VerifierRules.Locks, $"{signature.Name}() changes {Words(kind)}, and the lock beside it is not held", value, "call bpf_spin_lock() with the lock of the same value before");
        facts.Root = root;
        facts.RootTypes = value.Kind is ValueKind.MapValue ? value.Map!.Types : value.Type.Types;
    }

    /// <summary>Checks an argument that must be the node of an object that the collection holds, or is to hold.</summary>
    public void CheckNode(KernelSignature signature, Value value, string name, SpecialFieldKind kind, KernelCallFacts facts)
    {
        if (value.Kind is not ValueKind.Btf || !value.Has(ValueFlags.Allocated) || value.MayBeNull || value.Has(ValueFlags.PerCpu))
            Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants the node of an object that the program allocated in {name}, and gets {Describe.Value(value)}", value);
        if (Adds(signature.Name))
        {
            if (value.Flags != ValueFlags.Allocated || value.Reference == 0)
                Walk.Reject(VerifierRules.ReferenceMisuse, $"{signature.Name}() takes over an object that the program owns, and {name} is {Describe.Value(value)}", value);
        }
        else
        {
            if (!value.Has(ValueFlags.NonOwning) && value.Reference == 0)
                Walk.Reject(VerifierRules.ReferenceMisuse, $"{signature.Name}() wants an object that is owned or borrowed in {name}, and gets {Describe.Value(value)}", value);
            if (IsOrdering(walk)) Walk.Reject(VerifierRules.Locks, $"{signature.Name}() is called by the function that orders a tree, which must leave it alone", value);
        }

        FieldAt(value, name, kind);
        var root = facts.Root!;
        TypeReference wanted = new(facts.RootTypes!, root.Contained);
        if (!ReferenceEquals(value.Type.Types, wanted.Types) || value.Type.Id != wanted.Id)
            Walk.Reject(VerifierRules.Argument, $"the collection holds objects of struct {wanted.Name}, and {name} is {Describe.Value(value)}", value);
        if (At(value) != root.NodeOffset)
            Walk.Reject(VerifierRules.Argument, $"the collection's node lies at byte {root.NodeOffset} of struct {wanted.Name}, and {name} points to byte {At(value)}", value);
    }

    /// <summary>Whether a function adds an object to a collection.</summary>
    public static bool Adds(string name) => KernelSignature.Plain(name) is "bpf_list_push_front" or "bpf_list_push_back" or "bpf_rbtree_add";

    /// <summary>An object of the collection, by its node.</summary>
    public Value Element(KernelCallFacts facts, bool isOwned, Origin? origin)
    {
        var root = facts.Root!;
        var value = Value.Pointer(ValueKind.Btf, ValueFlags.Allocated, origin) with { Type = new(facts.RootTypes!, root.Contained), Offset = root.NodeOffset };
        return isOwned ? value : Borrowed(value);
    }

    /// <summary>Makes an object that the program owned one that a collection owns.</summary>
    public void GiveAway(Value pointer)
    {
        int reference = pointer.Reference;
        walk.Now.Release(reference);
        walk.Now.Replace(v => v.Reference == reference && v.Dynamic is null ? Borrowed(v) with { Reference = 0 } : v);
    }

    private Value Borrowed(Value value) =>
        value with { Flags = value.Flags | ValueFlags.NonOwning | (CountsReferences(walk, value) ? ValueFlags.Rcu : ValueFlags.None) };

    private static int At(Value value) => value.Offset + (int)value.Range.Bits.Value;

    private SpecialField FieldAt(Value value, string name, SpecialFieldKind kind)
    {
        if (!value.Range.IsConstant) Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} points to {Words(kind)} with an offset that is not known", value);
        foreach (var field in FieldsOf(walk, value))
        {
            if (field.Kind == kind && field.Offset == At(value)) return field;
        }

        Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} is {Describe.Value(value)}, and there is not {Words(kind)} at byte {At(value)}", value);
        return null!;
    }

    private static string Words(SpecialFieldKind kind) => kind switch
    {
        SpecialFieldKind.ListHead => "a list",
        SpecialFieldKind.RedBlackRoot => "a tree",
        SpecialFieldKind.ListNode => "a list's node",
        _ => "a tree's node",
    };
}
