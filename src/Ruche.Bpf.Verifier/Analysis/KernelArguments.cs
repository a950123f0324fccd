// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Prototypes;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Arguments of kernel functions.</summary>
internal sealed class KernelArguments(Walk walk, Iterators iterators)
{
    private readonly DynamicPointers _dynamic = new(walk);
    private readonly Locks _locks = new(walk);
    private readonly Collections _collections = new(walk);

    public void Check(KernelSignature signature, int index, KernelCallFacts facts)
    {
        if (index >= 5) Walk.Reject(VerifierRules.Argument, $"{signature.Name}() takes more than five arguments");
        if (signature.IsMarked(index, "__ign") || signature.IsMarked(index, "__prog") || signature.IsMarked(index, "__impl")) return;
        var register = (Register)(index + 1);
        var value = walk.Read(register);
        string name = Describe.Name(register);
        var types = signature.Types;
        int type = types.Resolve(signature.Parameters[index].Type);
        if (types[type] is not BtfType.Pointer pointer)
        {
            CheckNumber(signature, index, value, name, facts);
            return;
        }

        bool isNullable = signature.IsMarked(index, "__nullable") || signature.IsMarked(index, "__opt");
        if (value.IsNull && isNullable)
        {
            Walk.NeedExactly(value);
            if (signature.IsMarked(index + 1, "__sz") || signature.IsMarked(index + 1, "__szk")) CheckMemory(signature, index, value, name, 0, isStruct: false, facts);
            return;
        }

        bool wantsTrust = signature.Function is { WantsTrustedArguments: true };
        bool wantsRcu = signature.Is(KernelFunctionFlags.RcuArguments);
        if ((wantsTrust || wantsRcu) && (value.IsNull || value.MayBeNull) && !isNullable)
            Walk.Reject(VerifierRules.NullCheck, $"{signature.Name}() wants no null in {name}, and gets {Describe.Value(value)}", value);
        if (value.Reference != 0) facts.Reference = value.Reference;
        CheckPointer(signature, index, value, name, pointer, facts);
    }

    private static void CheckNumber(KernelSignature signature, int index, Value value, string name, KernelCallFacts facts)
    {
        if (!value.IsScalar) Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants a number in {name}, and gets {Describe.Value(value)}", value);
        if (signature.IsMarked(index, "__k"))
        {
            if (!value.IsConstant) Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants a constant in {name}, and gets {Describe.Value(value)}", value);
            Walk.NeedExactly(value);
            facts.Constant = value.Range.Bits.Value;
        }

        string parameter = signature.Parameters[index].Name;
        if (parameter is not ("rdonly_buf_size" or "rdwr_buf_size")) return;
        if (!value.IsConstant) Walk.Reject(VerifierRules.SizeArgument, $"{signature.Name}() wants a constant size in {name}, and gets {Describe.Value(value)}", value);
        Walk.NeedExactly(value);
        facts.ResultSize = (long)value.Range.Bits.Value;
        facts.ResultIsReadOnly = parameter is "rdonly_buf_size";
    }

    private void CheckPointer(KernelSignature signature, int index, Value value, string name, BtfType.Pointer pointer, KernelCallFacts facts)
    {
        var types = signature.Types;
        int target = types.Resolve(pointer.Target);
        string type = types.NameOf(target);
        bool isStruct = types.KindOf(target) is BtfKind.Struct or BtfKind.Union;
        if (index == 0 && signature.Name.StartsWith("bpf_iter_", StringComparison.Ordinal) && type.StartsWith("bpf_iter_", StringComparison.Ordinal))
        {
            CheckIterator(signature, value, name, type, types.SizeOf(target), facts);
        }
        else if (isStruct && type is "bpf_dynptr" or "bpf_dynptr_kern")
        {
            CheckDynamic(signature, index, value, name, facts);
        }
        else if (signature.IsMarked(index, "__irq_flag"))
        {
            CheckFlags(signature, value, name, facts);
        }
        else if (isStruct && type is "bpf_res_spin_lock")
        {
            CheckLock(signature, value, name, facts);
        }
        else if (signature.IsMarked(index, "__str") || signature.IsMarked(index, "__const_str"))
        {
            if (value.Kind is not ValueKind.MapValue || (value.Map!.Constants.IsEmpty && !value.Map.Spec.Flags.HasFlag(Ruche.Bpf.Objects.Specs.MapFlags.ReadOnlyProgram)))
                Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants a constant text in {name}, and gets {Describe.Value(value)}", value);
        }
        else if (signature.IsMarked(index, "__map") || type is "bpf_map" && value.Kind is ValueKind.Map)
        {
            if (value is { Kind: ValueKind.Btf } && !ObjectAccess.IsTrusted(value)) Walk.Reject(VerifierRules.Trust, $"{signature.Name}() wants a trusted map in {name}, and gets {Describe.Value(value)}", value);
            if (value.Kind is not ValueKind.Map && value is not { Kind: ValueKind.Btf, Type.Name: "bpf_map" }) Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants a map in {name}, and gets {Describe.Value(value)}", value);
            if (facts.FieldOwner is { } owner && (!ReferenceEquals(owner.Map, value.Map) || owner.MapInstance != value.MapInstance))
                Walk.Reject(VerifierRules.Argument, $"{name} is another map than the one that the field lies in: {Describe.Value(value)}", value);
        }
        else if (signature.IsMarked(index, "__alloc"))
        {
            CheckOwn(signature, value, name, facts);
        }
        else if (signature.IsMarked(index, "__refcounted_kptr"))
        {
            CheckCounted(signature, value, name, facts);
        }
        else if (isStruct && type is "bpf_list_head" or "bpf_rb_root")
        {
            _collections.CheckRoot(signature, value, name, type is "bpf_list_head" ? SpecialFieldKind.ListHead : SpecialFieldKind.RedBlackRoot, facts);
        }
        else if (isStruct && type is "bpf_list_node" or "bpf_rb_node")
        {
            _collections.CheckNode(signature, value, name, type is "bpf_list_node" ? SpecialFieldKind.ListNode : SpecialFieldKind.RedBlackNode, facts);
        }
        else if (isStruct && type is "bpf_wq" or "bpf_task_work")
        {
            CheckDeferred(signature, value, name, type is "bpf_wq" ? SpecialFieldKind.WorkQueue : SpecialFieldKind.TaskWork, facts);
        }
        else if (types.KindOf(target) is BtfKind.FunctionPrototype)
        {
            if (value.Kind is not ValueKind.Function) Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants a function of the program in {name}, and gets {Describe.Value(value)}", value);
            facts.Callback = value.Function;
        }
        else if (value.Kind is ValueKind.Context && (isStruct || type.Length == 0))
        {
            if (value.Offset != 0 || !value.Range.IsZero) Walk.Reject(VerifierRules.Argument, $"{name} must be the context itself, and is {Describe.Value(value)}", value);
            if (target != 0 && !ContextNames.Is(walk.Program.Type, walk.Program.Attach, type, type) && !IsKernelContext(type))
                Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants {(type.Length == 0 ? "a pointer" : "struct " + type)} in {name}, and gets {Describe.Value(value)}", value);
        }
        else if (isStruct && IsObject(value))
        {
            CheckObject(signature, index, value, name, new(types, target), facts);
        }
        else
        {
            CheckMemory(signature, index, value, name, target, isStruct, facts);
        }
    }

    // A work queue or task work lies in a map value, and is given together with that map.
    private static void CheckDeferred(KernelSignature signature, Value value, string name, SpecialFieldKind kind, KernelCallFacts facts)
    {
        if (value is not { Kind: ValueKind.MapValue, Flags: ValueFlags.None }) Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants a field of a map value in {name}, and gets {Describe.Value(value)}", value);
        if (!value.Range.IsConstant) Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} points into a map value with an offset that is not known", value);
        int at = value.Offset + (int)value.Range.Bits.Value;
        if (!value.Map!.Fields.Any(f => f.Kind == kind && f.Offset == at))
            Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} is {Describe.Value(value)}, where there is no {(kind is SpecialFieldKind.WorkQueue ? "work queue" : "task work")}", value);
        facts.FieldOwner = value;
    }

    private static bool IsKernelContext(string type) => type is "sk_buff" or "xdp_buff" or "sock" or "bpf_sock_ops_kern" or "bpf_sock_addr_kern" or "sk_msg" or "pt_regs"
        or "bpf_sk_lookup_kern" or "sk_reuseport_kern" or "bpf_sysctl_kern" or "bpf_sockopt_kern" or "bpf_cgroup_dev_ctx" or "bpf_nf_ctx";

    private static bool IsObject(Value value) => value.Kind is ValueKind.Btf or ValueKind.Socket or ValueKind.SocketCommon or ValueKind.TcpSocket;

    private static void CheckObject(KernelSignature signature, int index, Value value, string name, TypeReference wanted, KernelCallFacts facts)
    {
        bool releases = signature.Is(KernelFunctionFlags.Release);
        bool isTrusted = ObjectAccess.IsTrusted(value) && (value.Flags & (ValueFlags.User | ValueFlags.PerCpu)) == 0;
        bool wantsTrust = signature.Function is { WantsTrustedArguments: true } || releases;
        if (wantsTrust && !isTrusted && !(signature.Is(KernelFunctionFlags.RcuArguments) && value.Has(ValueFlags.Rcu)))
        {
            Walk.Reject(VerifierRules.Trust, $"{signature.Name}() wants a trusted object in {name}, and gets {Describe.Value(value)}", value);
        }

        if (signature.Is(KernelFunctionFlags.RcuArguments) && !isTrusted && !value.Has(ValueFlags.Rcu))
            Walk.Reject(VerifierRules.Trust, $"{signature.Name}() wants an object that is alive in the RCU read section in {name}, and gets {Describe.Value(value)}", value);
        if (value.Kind is ValueKind.Btf && !value.Range.IsConstant) Walk.Reject(VerifierRules.Argument, $"{name} has an offset that is not known", value);
        bool isRight = value.Kind switch
        {
            ValueKind.Socket or ValueKind.SocketCommon => wanted.Name is "sock" or "sock_common",
            ValueKind.TcpSocket => wanted.Name is "tcp_sock" or "sock" or "sock_common",
            _ => TypeMatch.Is(value.Type, wanted, value.Offset + (int)value.Range.Bits.Value, isStrict: IsStrict(signature)) || IsAlias(value.Type.Name, wanted.Name),
        };
        if (!isRight) Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants struct {wanted.Name} in {name}, and gets {Describe.Value(value)}", value);
        facts.Object = value;
        if (!releases || facts.Released is not null || value.Reference == 0 && index > 0) return;
        if (value.Reference == 0) Walk.Reject(VerifierRules.ReferenceMisuse, $"{signature.Name}() releases {name}, which the program has not acquired: {Describe.Value(value)}", value);
        if (value.Offset != 0) Walk.Reject(VerifierRules.ReferenceMisuse, $"{signature.Name}() releases {name}, which has an offset: {Describe.Value(value)}", value);
        facts.Released = value;
    }

    // What is released or trusted must be of the type itself: the beginning of another object is not that object.
    private static bool IsStrict(KernelSignature signature) => signature.Is(KernelFunctionFlags.Release);

    private static bool IsAlias(string have, string wanted) => (have, wanted) is ("nf_conn___init", "nf_conn___init") or ("bpf_cpumask", "cpumask")
        or ("sk_buff", "__sk_buff") or ("xdp_buff", "xdp_md");

    private static void CheckOwn(KernelSignature signature, Value value, string name, KernelCallFacts facts)
    {
        var wanted = signature.Name.Contains("percpu", StringComparison.Ordinal) ? ValueFlags.Allocated | ValueFlags.PerCpu : ValueFlags.Allocated;
        if (value.Kind is not ValueKind.Btf || value.Flags != wanted)
            Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants an object that the program allocated in {name}, and gets {Describe.Value(value)}", value);
        facts.Object = value;
        if (!signature.Is(KernelFunctionFlags.Release)) return;
        if (value.Offset != 0 || !value.Range.IsZero) Walk.Reject(VerifierRules.ReferenceMisuse, $"{signature.Name}() releases {name}, which has an offset: {Describe.Value(value)}", value);
        if (value.Reference == 0) Walk.Reject(VerifierRules.ReferenceMisuse, $"{signature.Name}() releases {name}, which the program has not acquired: {Describe.Value(value)}", value);
        facts.Released = value;
    }

    private void CheckCounted(KernelSignature signature, Value value, string name, KernelCallFacts facts)
    {
        if (value.Kind is not ValueKind.Btf || !value.Has(ValueFlags.Allocated))
            Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants an object that the program allocated in {name}, and gets {Describe.Value(value)}", value);
        if (!Collections.CountsReferences(walk, value))
            Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants an object that counts its references in {name}, and gets {Describe.Value(value)}", value, "give the struct a field of type struct bpf_refcount");
        facts.Object = value;
    }

    private void CheckIterator(KernelSignature signature, Value value, string name, string type, int size, KernelCallFacts facts)
    {
        facts.IteratorType = type;
        facts.IteratorSize = size;
        if (signature.Is(KernelFunctionFlags.IteratorNew))
        {
            iterators.Make(value, name, type, size, signature.Is(KernelFunctionFlags.RcuProtected));
            return;
        }

        if (signature.Is(KernelFunctionFlags.IteratorDestroy))
        {
            iterators.Destroy(value, name, type, size);
            return;
        }

        facts.IteratorIsRcu = iterators.Find(value, name, type, size).Has(ValueFlags.Rcu);
    }

    private void CheckDynamic(KernelSignature signature, int index, Value value, string name, KernelCallFacts facts)
    {
        if (!signature.IsMarked(index, "__uninit"))
        {
            facts.Dynamic = _dynamic.Find(value, name, signature.Name + "()");
            return;
        }

        (DynamicKind kind, bool isReadOnly, int reference) = signature.Name switch
        {
            "bpf_dynptr_from_skb" => (DynamicKind.SkbDynamicPointer, !PacketRights.MayWrite(walk.Program.Type), 0),
            "bpf_dynptr_from_xdp" => (DynamicKind.XdpDynamicPointer, false, 0),
            "bpf_dynptr_from_skb_meta" => (DynamicKind.SkbMetaDynamicPointer, false, 0),
            "bpf_dynptr_from_file" => (DynamicKind.FileDynamicPointer, false, 0),
            "bpf_dynptr_clone" => (facts.Dynamic!.Dynamic!.Kind, facts.Dynamic.Dynamic.IsReadOnly, facts.Dynamic.Reference),
            _ => (DynamicKind.LocalDynamicPointer, false, 0),
        };
        _dynamic.Make(value, name, kind, isReadOnly, acquires: kind is DynamicKind.FileDynamicPointer, reference);
    }

    private void CheckFlags(KernelSignature signature, Value value, string name, KernelCallFacts facts)
    {
        string family = signature.Name.StartsWith("bpf_res_", StringComparison.Ordinal) ? "lock" : "native";
        switch (signature.Name)
        {
            case "bpf_local_irq_save":
                iterators.SaveInterrupts(value, name, family);
                break;
            case "bpf_res_spin_lock_irqsave":
                facts.Flags = value;
                break;
            default:
                iterators.RestoreInterrupts(value, name, family);
                break;
        }
    }

    private void CheckLock(KernelSignature signature, Value value, string name, KernelCallFacts facts)
    {
        if (value.Kind is not ValueKind.MapValue && !(value.Kind is ValueKind.Btf && value.Has(ValueFlags.Allocated)))
            Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants a lock in {name}, and gets {Describe.Value(value)}", value);
        facts.Lock = value;
        if (signature.Name is "bpf_res_spin_unlock") _locks.GiveBack(value, name, ReferenceKind.ResilientLock);
        else if (signature.Name is "bpf_res_spin_unlock_irqrestore") _locks.GiveBack(value, name, ReferenceKind.ResilientLockInterruptsOff);
    }

    private void CheckMemory(KernelSignature signature, int index, Value value, string name, int target, bool isStruct, KernelCallFacts facts)
    {
        var types = signature.Types;
        if (signature.IsMarked(index + 1, "__sz") || signature.IsMarked(index + 1, "__szk"))
        {
            var register = (Register)(index + 2);
            var size = walk.Read(register);
            string sizeName = Describe.Name(register);
            if (!size.IsScalar) Walk.Reject(VerifierRules.SizeArgument, $"{signature.Name}() wants a size in {sizeName}, and gets {Describe.Value(size)}", size);
            if (size.Range.SignedLeast < 0) Walk.Reject(VerifierRules.SizeArgument, $"the size in {sizeName} may be negative: {Describe.Range(size.Range)}", size);
            if (size.Range.Greatest >= 1 << 29) Walk.Reject(VerifierRules.SizeArgument, $"the size in {sizeName} has no upper bound: {Describe.Range(size.Range)}", size);
            Walk.NeedExactly(size);
            if (signature.IsMarked(index + 1, "__szk"))
            {
                if (!size.IsConstant) Walk.Reject(VerifierRules.SizeArgument, $"the size in {sizeName} must be a constant, and is {Describe.Value(size)}", size);
                facts.Constant = size.Range.Bits.Value;
            }

            facts.Skipped.Add(index + 1);
            if (value.IsNull && (signature.IsMarked(index, "__nullable") || signature.IsMarked(index, "__opt"))) return;
            walk.Memory.CheckRegion(value, name, (long)size.Range.Greatest, isWrite: true, isUninitialized: false, mayBeEmpty: true);
            return;
        }

        if (isStruct && !IsPlain(types, target, 0))
            Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants struct {types.NameOf(target)} in {name}, and gets {Describe.Value(value)}", value);
        if (value.MayBeNull) Walk.Reject(VerifierRules.NullCheck, $"{signature.Name}() wants no null in {name}, and gets {Describe.Value(value)}", value);
        if (target == 0 && !types.TrySizeOf(target, out _))
        {
            if (value.IsScalar && !signature.Name.StartsWith("bpf_rdonly_cast", StringComparison.Ordinal)) Walk.Reject(VerifierRules.Argument, $"{signature.Name}() wants a pointer in {name}, and gets {Describe.Value(value)}", value);
            return;
        }

        int bytes = types.TrySizeOf(target, out int whole) ? whole : 0;
        walk.Memory.CheckRegion(value, name, bytes, isWrite: true, isUninitialized: false, mayBeEmpty: false);
    }

    /// <summary>Whether a struct is made of numbers only.</summary>
    public static bool IsPlain(BtfSpec types, int id, int depth)
    {
        if (depth > 4 || types[types.Resolve(id)] is not BtfType.Composite composite) return false;
        foreach (var member in composite.Members)
        {
            int type = types.Resolve(member.Type);
            while (types[type] is BtfType.Array array) type = types.Resolve(array.Element);
            if (types.KindOf(type) is BtfKind.Struct or BtfKind.Union ? !IsPlain(types, type, depth + 1) : types.KindOf(type) is not (BtfKind.Int or BtfKind.Enum or BtfKind.Enum64)) return false;
        }

        return true;
    }
}
