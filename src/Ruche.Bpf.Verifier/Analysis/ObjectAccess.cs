// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Loads from and stores to objects of the kernel, and objects of the program's own types.</summary>
internal sealed class ObjectAccess(Walk walk)
{
    private const ValueFlags TrustFlags = ValueFlags.Trusted | ValueFlags.Rcu | ValueFlags.Untrusted;

    /// <summary>Whether the kernel vouches for an object: because it says so, or because the program holds a reference.</summary>
    public static bool IsTrusted(Value value)
    {
        if (value.Reference != 0) return true;
        if ((value.Flags & ValueFlags.Untrusted) != 0) return false;
        if (value.Kind is ValueKind.Map or ValueKind.Socket or ValueKind.SocketCommon or ValueKind.TcpSocket) return true;
        return (value.Flags & (ValueFlags.Trusted | ValueFlags.Allocated)) != 0 && (value.Flags & ValueFlags.Rcu) == 0;
    }

    /// <summary>Whether code here runs in an RCU read section: its own, or because it cannot sleep.</summary>
    public bool IsInRcuSection => IsInRcu(walk);

    /// <summary>Whether code here runs in an RCU read section.</summary>
    public static bool IsInRcu(Walk walk) => walk.Now.RcuLocks > 0 || walk.Now.LockCount > 0 || walk.Now.PreemptLocks > 0 || !walk.Now.IsSleepable;

    /// <summary>An access at an offset of an object; what a load gives.</summary>
    public Value Access(Value pointer, string name, int offset, int size, bool isWrite)
    {
        var type = pointer.Type;
        if (!type.IsKnown) Walk.Reject(VerifierRules.KernelObject, $"{name} points to an object whose type is not known: the kernel's types are missing", pointer);
        CheckPointer(pointer, name, offset);
        int at = offset + pointer.Offset + (int)pointer.Range.Bits.Value;
        bool isOwn = pointer.Has(ValueFlags.Allocated) || !IsKernel(type);
        if (isWrite)
        {
            CheckWrite(pointer, name, at, size);
            if (!isOwn) return Value.Unwritten;
        }

        if (isOwn) CheckSpecialFields(pointer, at, size);
        var found = FieldWalk.Find(type.Types, type.Id, at, size, mayRunOver: !isOwn, seesUnions: walk.Profile.Has(6, 6));
        if (found.Refusal is { } refusal) Walk.Reject(VerifierRules.KernelObject, $"{name} + {at}: {refusal}", pointer);
        if (isOwn || found.Kind is FieldWalkKind.Number) return walk.Unknown(OriginKind.Load);
        if (found.Kind is FieldWalkKind.OtherPointer)
        {
            return walk.Profile.Has(6, 17)
                ? Value.Pointer(ValueKind.Memory, ValueFlags.ReadOnly | ValueFlags.Untrusted, walk.Made(OriginKind.Load)) : walk.Unknown(OriginKind.Load);
        }

        return new()
        {
            Kind = ValueKind.Btf,
            Type = new(type.Types, found.Type),
            Flags = TrustOf(pointer, found),
            Id = walk.NewId(),
            Origin = walk.Made(OriginKind.Load),
        };
    }

    /// <summary>A load of a field of a map itself, such as its size.</summary>
    public Value AccessMap(Value pointer, string name, int offset, int size, bool isWrite)
    {
        if (isWrite) Walk.Reject(VerifierRules.ReadOnlyMemory, $"{name} is {Describe.Value(pointer)}, which this program may only read", pointer);
        if (walk.Kernel is not { } kernel || !kernel.TryFind(BtfKind.Struct, "bpf_map", out int id))
        {
            Walk.Reject(VerifierRules.NotAPointer, $"{name} is {Describe.Value(pointer)}; its fields can be read only with the kernel's types", pointer);
            return pointer;
        }

        if (MapTypeNames.Of(pointer.Map!.Spec.Type) is { } special && kernel.TryFind(BtfKind.Struct, special, out int own)) id = own;
        if (!walk.Profile.IsPrivileged) Walk.Reject(VerifierRules.PointerLeak, $"struct {kernel.NameOf(id)} may be read only with CAP_PERFMON", pointer);
        int at = offset + pointer.Offset;
        if (at < 0) Walk.Reject(VerifierRules.KernelObject, $"{name} + {at} is before the map", pointer);
        if (size != 4 && size != 8 && size != 2 && size != 1) Walk.Reject(VerifierRules.KernelObject, $"{name} is read with {size} bytes", pointer);
        var found = FieldWalk.Find(kernel, id, at, size, mayRunOver: false, seesUnions: walk.Profile.Has(6, 6));
        if (found.Refusal is { } refusal) Walk.Reject(VerifierRules.KernelObject, $"{name} + {at}: {refusal}", pointer);
        if (found.Kind is FieldWalkKind.Pointer)
        {
            return Value.Pointer(ValueKind.Btf, ValueFlags.Untrusted, walk.Made(OriginKind.Load)) with { Type = new(kernel, found.Type), Id = walk.NewId() };
        }

        return found.Kind is FieldWalkKind.OtherPointer && walk.Profile.Has(6, 17)
            ? Value.Pointer(ValueKind.Memory, ValueFlags.ReadOnly | ValueFlags.Untrusted, walk.Made(OriginKind.Load)) : walk.Unknown(OriginKind.Load);
    }

    /// <summary>A load or a store of a kptr in a map value.</summary>
    public Value AccessKernelPointer(Value pointer, SpecialField field, bool isWrite, Value? stored)
    {
        if (isWrite)
        {
            if (field.Kind is not SpecialFieldKind.UntrustedKernelPointer && stored is not { IsNull: true })
                Walk.Reject(VerifierRules.SpecialFieldAccess, $"a kptr in map '{pointer.Map}' is stored over directly", pointer, "exchange it with bpf_kptr_xchg()");
            if (stored is { IsNull: true }) Walk.NeedExactly(stored);
            else if (stored is { Kind: ValueKind.Btf } kernelPointer) CheckStored(pointer, field, kernelPointer);
            else Walk.Reject(VerifierRules.SpecialFieldAccess, $"a kptr in map '{pointer.Map}' is overwritten with {Describe.Value(stored!)}", pointer);
            return Value.Unwritten;
        }

        var types = pointer.Map!.Types!;
        string name = types.NameOf(field.Type);
        bool isKernel = walk.Kernel is { } kernel && kernel.TryFind(BtfKind.Struct, name, out _);
        TypeReference type = isKernel && walk.Kernel!.TryFind(BtfKind.Struct, name, out int id) ? new(walk.Kernel, id) : new(types, field.Type);
        ValueFlags flags = ValueFlags.MayBeNull;
        bool isProtected = ObjectAccess.IsInRcu(walk) && (RcuTypes.Contains(name) || !isKernel);
        flags |= field.Kind switch
        {
            SpecialFieldKind.UserPointer => ValueFlags.None,
            SpecialFieldKind.KernelPointer or SpecialFieldKind.PerCpuKernelPointer when isProtected => ValueFlags.Rcu | (isKernel ? 0 : ValueFlags.Allocated)
                | (field.Kind is SpecialFieldKind.PerCpuKernelPointer ? ValueFlags.PerCpu : 0),
            _ => ValueFlags.Untrusted,
        };
        if (field.Kind is SpecialFieldKind.UserPointer)
        {
            return Value.Pointer(ValueKind.Memory, flags, walk.Made(OriginKind.Load)) with { Id = walk.NewId(), Size = types.TrySizeOf(field.Type, out int bytes) ? bytes : 0 };
        }

        return Value.Pointer(ValueKind.Btf, flags, walk.Made(OriginKind.Load)) with { Type = type, Id = walk.NewId() };
    }

    private void CheckStored(Value pointer, SpecialField field, Value stored)
    {
        var wanted = KernelPointers.TypeOf(walk, pointer, field);
        if (!stored.Range.IsConstant) Walk.Reject(VerifierRules.SpecialFieldAccess, $"a pointer with an offset that is not known is stored in a kptr: {Describe.Value(stored)}", stored);
        bool isRight = !stored.Has(ValueFlags.User) && !stored.Has(ValueFlags.PerCpu) && TypeMatch.Is(stored.Type, wanted, stored.Offset + (int)stored.Range.Bits.Value);
        if (!isRight) Walk.Reject(VerifierRules.SpecialFieldAccess, $"the kptr holds struct {wanted.Name}, and {Describe.Value(stored)} is stored in it", stored);
    }

    private bool IsKernel(TypeReference type) => ReferenceEquals(type.Types, walk.Kernel);

    private void CheckPointer(Value pointer, string name, int offset)
    {
        string type = $"struct {pointer.Type.Name}";
        if (!walk.Profile.IsPrivileged) Walk.Reject(VerifierRules.PointerLeak, $"{type} may be read only with CAP_PERFMON", pointer);
        if (!walk.Program.IsGplCompatible && IsKernel(pointer.Type)) Walk.Reject(VerifierRules.HelperAvailable, $"{type} may be read only by programs under a GPL-compatible licence", pointer);
        if (!pointer.Range.IsConstant) Walk.Reject(VerifierRules.KernelObject, $"{name} points to {type} with an offset that is not known: {Describe.Range(pointer.Range)}", pointer);
        if (offset + pointer.Offset + (long)pointer.Range.Bits.Value < 0) Walk.Reject(VerifierRules.KernelObject, $"{name} points before the start of {type}", pointer);
        if (pointer.Has(ValueFlags.User)) Walk.Reject(VerifierRules.KernelObject, $"{name} points to {type} in user space", pointer, "read it with bpf_probe_read_user()");
        if (pointer.Has(ValueFlags.PerCpu)) Walk.Reject(VerifierRules.KernelObject, $"{name} is the per-CPU address of {type}", pointer, "get this CPU's with bpf_this_cpu_ptr() or bpf_per_cpu_ptr()");
    }

    private void CheckWrite(Value pointer, string name, int at, int size)
    {
        string type = $"struct {pointer.Type.Name}";
        if (pointer.Has(ValueFlags.Untrusted)) Walk.Reject(VerifierRules.KernelObject, $"{name} is {Describe.Kind(pointer)}, which may only be read", pointer);
        if (pointer.Has(ValueFlags.Allocated)) return;
        if (!WritableFields.May(walk.Program, walk.Profile, pointer.Type, at, size))
            Walk.Reject(VerifierRules.KernelObject, $"bytes {at}..{at + size - 1} of {type} are written, which this program may only read", pointer);
    }

    private void CheckSpecialFields(Value pointer, int at, int size)
    {
        foreach (var field in Collections.FieldsOf(walk, pointer))
        {
            if (at < field.Offset + field.Size && field.Offset < at + size)
                Walk.Reject(VerifierRules.SpecialFieldAccess, $"bytes {field.Offset}..{field.Offset + field.Size - 1} of struct {pointer.Type.Name} are kept by the kernel", pointer);
        }
    }

    // What is reached from an object is as trustworthy as the kernel promises for the field.
    private ValueFlags TrustOf(Value pointer, FieldWalkResult found)
    {
        var tags = found.Flags & (ValueFlags.User | ValueFlags.PerCpu | ValueFlags.Untrusted);
        if (pointer.Has(ValueFlags.Untrusted)) return ValueFlags.Untrusted;
        bool isGood = IsTrusted(pointer) || pointer.Has(ValueFlags.Rcu);
        if (!isGood)
        {
            // A plain pointer: BTF arguments of older hooks.
            return (tags | (found.Flags & ValueFlags.Rcu)) & ~TrustFlags | (found.Flags & ValueFlags.Untrusted);
        }

        // Before 6.4 no field was known to be null at times.
        var nullable = walk.Profile.Has(6, 4) ? ValueFlags.MayBeNull : ValueFlags.None;
        string owner = pointer.Type.Name;
        switch (TrustedFields.Find(owner, found.Field))
        {
            case FieldTrust.Trusted: return tags | ValueFlags.Trusted;
            case FieldTrust.TrustedOrNull: return tags | ValueFlags.Trusted | nullable;
        }

        if (!IsInRcuSection || pointer.MayBeNull) return ValueFlags.Untrusted;
        switch (TrustedFields.Find(owner, found.Field))
        {
            case FieldTrust.Rcu: return tags | ValueFlags.Rcu;
            case FieldTrust.RcuOrNull: return tags | ValueFlags.Rcu | nullable;
        }

        // Others are neither vouched for nor known to be stale, as all pointers were in older kernels.
        if ((found.Flags & ValueFlags.Rcu) != 0) return tags | ValueFlags.Rcu | ValueFlags.MayBeNull;
        return tags;
    }
}
