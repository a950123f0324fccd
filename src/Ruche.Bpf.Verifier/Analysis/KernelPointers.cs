// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>The kptr fields of map values and allocated objects.</summary>
internal static class KernelPointers
{
    /// <summary>The kptr field that an argument points to.</summary>
    public static SpecialField FieldOf(Walk walk, Value pointer, string name)
    {
        if (!pointer.Range.IsConstant) Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} points to a kptr with an offset that is not known", pointer);
        int at = pointer.Offset + (int)pointer.Range.Bits.Value;
        var fields = Collections.FieldsOf(walk, pointer);
        foreach (var field in fields)
        {
            if (field.Offset != at) continue;
            if (field.Kind is SpecialFieldKind.KernelPointer or SpecialFieldKind.PerCpuKernelPointer) return field;
        }

        Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} is {Describe.Value(pointer)}, where there is no kptr", pointer);
        return null!;
    }

    /// <summary>The type of object that a field holds.</summary>
    public static TypeReference TypeOf(Walk walk, Value owner, SpecialField field)
    {
        var types = owner.Kind is ValueKind.MapValue ? owner.Map!.Types! : owner.Type.Types;
        string name = types.NameOf(field.Type);
        return walk.Kernel is { } kernel && kernel.TryFind(BtfKind.Struct, name, out int id) ? new(kernel, id) : new(types, field.Type);
    }
}
