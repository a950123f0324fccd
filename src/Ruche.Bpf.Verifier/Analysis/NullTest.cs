// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>What a comparison with null tells about a pointer and all its copies.</summary>
internal static class NullTest
{
    /// <summary>Tells all copies of a pointer that it is null, or is not.</summary>
    public static void Learn(Walk walk, State state, Value pointer, bool isNull)
    {
        if (isNull && pointer.Reference != 0 && pointer.Reference == pointer.Id) state.Release(pointer.Reference);
        state.Replace(v =>
        {
            if (!v.IsPointer || !v.MayBeNull || v.Id != pointer.Id || v.Kind != pointer.Kind && pointer.Id == 0) return v;
            return isNull ? Value.Constant(0, Origin.Of(walk.Slot, OriginKind.Comparison, v.Origin)) : NotNull(v);
        });
    }

    /// <summary>The pointer when it is not null.</summary>
    public static Value NotNull(Value value)
    {
        value = value with { Flags = value.Flags & ~ValueFlags.MayBeNull };
        if (value.Kind is ValueKind.MapValue)
        {
            var map = value.Map!;
            if (map.Spec.Type is MapType.ArrayOfMaps or MapType.HashOfMaps)
            {
                bool hasTimer = map.Inner is { } inner && inner.Fields.Any(f => f.Kind is SpecialFieldKind.Timer or SpecialFieldKind.WorkQueue or SpecialFieldKind.TaskWork);
                return value with { Kind = ValueKind.Map, Map = map.Inner, MapInstance = hasTimer ? value.Id : 0, Id = 0 };
            }

            if (map.Spec.Type is MapType.XskMap) return value with { Kind = ValueKind.XdpSocket, Id = 0, Map = null };
            if (map.Spec.Type is MapType.SockMap or MapType.SockHash) return value with { Kind = ValueKind.Socket, Id = 0, Map = null };
            return MayHoldLock(value) ? value : value with { Id = 0 };
        }

        return MayHoldLock(value) ? value : value with { Id = 0 };
    }

    // The number of a value with a lock says which lock is taken.
    private static bool MayHoldLock(Value value) => value.Kind switch
    {
        ValueKind.MapValue => value.Map!.Fields.Any(f => f.Kind is SpecialFieldKind.SpinLock or SpecialFieldKind.ResilientSpinLock),
        ValueKind.Btf => value.Has(ValueFlags.Allocated),
        _ => false,
    };
}
