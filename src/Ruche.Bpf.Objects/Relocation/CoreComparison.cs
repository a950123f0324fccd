// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>Compares types of the object with types of a target: by shape for existence, by content for a full match.</summary>
/// <param name="local">The object's types.</param>
/// <param name="target">The target's.</param>
/// <param name="areDeclarationsEnough">Whether a struct that one side only declares has the shape of any.</param>
internal sealed class CoreComparison(BtfSpec local, BtfSpec target, bool areDeclarationsEnough = false)
{
    private const int MaxDepth = 32;

    // Full matches of structs that contain each other may repeat the same comparison exponentially often.
    private int _budget = 100_000;

    /// <summary>Whether two kinds may stand for each other: the same, or enumerations of either encoding.</summary>
    public static bool AreKindsCompatible(BtfKind left, BtfKind right) =>
        left == right || (left is BtfKind.Enum or BtfKind.Enum64 && right is BtfKind.Enum or BtfKind.Enum64);

    /// <summary>Whether a field of one type can be read as the other.</summary>
    public bool AreFieldsCompatible(int localId, int targetId)
    {
        for (int depth = 0; depth < MaxDepth; depth++)
        {
            localId = local.Resolve(localId);
            targetId = target.Resolve(targetId);
            var kind = local.KindOf(localId);
            var other = target.KindOf(targetId);
            if (kind is BtfKind.Struct or BtfKind.Union && other is BtfKind.Struct or BtfKind.Union) return true;
            if (!AreKindsCompatible(kind, other)) return false;
            switch (kind)
            {
                case BtfKind.Pointer or BtfKind.Float:
                    return true;
                case BtfKind.Forward or BtfKind.Enum or BtfKind.Enum64:
                    string name = local.NameOf(localId), otherName = target.NameOf(targetId);
                    return name.Length == 0 || otherName.Length == 0 || CoreName.Match(name, otherName);
                case BtfKind.Int:
                    return AreWholeIntegers(localId, targetId);
                case BtfKind.Array:
                    localId = ((BtfType.Array)local[localId]).Element;
                    targetId = ((BtfType.Array)target[targetId]).Element;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether two types of the same name have the same shape at the top; structs are not looked into.</summary>
    public bool AreTypesCompatible(int localId, int targetId, int depth = MaxDepth)
    {
        if (!AreKindsCompatible(local.KindOf(localId), target.KindOf(targetId))) return false;
        for (; depth > 0; depth--)
        {
            localId = local.Resolve(localId);
            targetId = target.Resolve(targetId);
            var kind = local.KindOf(localId);
            var other = target.KindOf(targetId);
            if (areDeclarationsEnough && IsDeclared(kind, other)) return true;
            if (!AreKindsCompatible(kind, other)) return false;
            switch (kind)
            {
                case BtfKind.Void or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Forward:
                    return true;
                case BtfKind.Int:
                    return AreWholeIntegers(localId, targetId);
                case BtfKind.Pointer:
                    (localId, targetId) = (local.TargetOf(localId), target.TargetOf(targetId));
                    break;
                case BtfKind.Array:
                    localId = ((BtfType.Array)local[localId]).Element;
                    targetId = ((BtfType.Array)target[targetId]).Element;
                    break;
                case BtfKind.FunctionPrototype:
                    var prototype = (BtfType.FunctionPrototype)local[localId];
                    var definition = (BtfType.FunctionPrototype)target[targetId];
                    if (prototype.Parameters.Length != definition.Parameters.Length) return false;
                    for (int i = 0; i < prototype.Parameters.Length; i++)
                    {
                        if (!IsSameShape(prototype.Parameters[i].Type, definition.Parameters[i].Type, depth - 1)) return false;
                    }

                    (localId, targetId) = (prototype.Return, definition.Return);
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether the target's type has all that the local one has, fields and values included.</summary>
    public bool DoTypesMatch(int localId, int targetId, bool behindPointer = false, int depth = MaxDepth)
    {
        for (; depth > 0 && --_budget > 0; depth--)
        {
            localId = local.Resolve(localId);
            targetId = target.Resolve(targetId);
            if (!CoreName.Match(local.NameOf(localId), target.NameOf(targetId))) return false;
            var type = local[localId];
            var other = target[targetId];
            switch (type, other)
            {
                case (BtfType.Void, BtfType.Void):
                    return true;
                case (BtfType.Forward x, BtfType.Forward y):
                    return x.IsUnion == y.IsUnion;
                case (BtfType.Forward x, BtfType.Composite y):
                    return behindPointer && x.IsUnion == y.IsUnion;
                case (BtfType.Composite x, BtfType.Forward y):
                    return behindPointer && x.IsUnion == y.IsUnion;
                case (BtfType.Composite x, BtfType.Composite y):
                    return x.IsUnion == y.IsUnion && (behindPointer || DoMembersMatch(x, y, depth - 1));
                case (BtfType.Enum x, BtfType.Enum y):
                    return DoValuesMatch(x, y);
                case (BtfType.Int x, BtfType.Int y):
                    return x.Size == y.Size && ((x.Encoding ^ y.Encoding) & IntEncoding.Signed) == 0;
                case (BtfType.Pointer x, BtfType.Pointer y):
                    behindPointer = true;
                    (localId, targetId) = (x.Target, y.Target);
                    break;
                case (BtfType.Array x, BtfType.Array y):
                    if (x.Count != y.Count) return false;
                    (localId, targetId) = (x.Element, y.Element);
                    break;
                case (BtfType.FunctionPrototype x, BtfType.FunctionPrototype y):
                    if (x.Parameters.Length != y.Parameters.Length) return false;
                    for (int i = 0; i < x.Parameters.Length; i++)
                    {
                        if (!DoTypesMatch(x.Parameters[i].Type, y.Parameters[i].Type, behindPointer, depth - 1)) return false;
                    }

                    (localId, targetId) = (x.Return, y.Return);
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private bool IsSameShape(int localId, int targetId, int depth) =>
        AreTypesCompatible(local.Resolve(localId), target.Resolve(targetId), depth);

    private bool AreWholeIntegers(int localId, int targetId) =>
        local[localId] is BtfType.Int { BitOffset: 0 } && target[targetId] is BtfType.Int { BitOffset: 0 };

    private bool DoMembersMatch(BtfType.Composite type, BtfType.Composite other, int depth)
    {
        if (type.Members.Length > other.Members.Length) return false;
        foreach (var member in type.Members)
        {
            bool matches = false;
            foreach (var candidate in other.Members)
            {
                matches = CoreName.Match(member.Name, candidate.Name)
                    && DoTypesMatch(member.Type, candidate.Type, behindPointer: false, depth);
                if (matches) break;
            }

            if (!matches) return false;
        }

        return true;
    }

    private static bool DoValuesMatch(BtfType.Enum type, BtfType.Enum other)
    {
        if (type.Size != other.Size || type.Values.Length > other.Values.Length) return false;
        foreach (var value in type.Values)
        {
            if (!other.Values.Any(v => CoreName.Match(value.Name, v.Name))) return false;
        }

        return true;
    }

    private static bool IsDeclared(BtfKind left, BtfKind right) =>
        (left is BtfKind.Forward && right is BtfKind.Struct or BtfKind.Union) || (right is BtfKind.Forward && left is BtfKind.Struct or BtfKind.Union);
}
