// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Prototypes;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Calls of kernel functions (kfuncs), whose signatures stand in the kernel's types.</summary>
internal sealed class KernelCalls
{
    private readonly Walk _walk;
    private readonly Calls _calls;
    private readonly Iterators _iterators;
    private readonly KernelArguments _arguments;
    private readonly Collections _collections;
    private readonly Dictionary<string, KernelSignature> _signatures = [];

    public KernelCalls(Walk walk, Calls calls)
    {
        _walk = walk;
        _calls = calls;
        _iterators = new(walk);
        _arguments = new(walk, _iterators);
        _collections = new(walk);
    }

    /// <summary>Whether a function may be called with a lock held.</summary>
    public static bool MayHappenUnderLock(string name, KernelProfile kernel) =>
        KernelSignature.Plain(name) is "bpf_list_push_front" or "bpf_list_push_back" or "bpf_list_pop_front" or "bpf_list_pop_back" or "bpf_list_front" or "bpf_list_back"
            or "bpf_rbtree_add" or "bpf_rbtree_remove" or "bpf_rbtree_first" or "bpf_rbtree_root" or "bpf_rbtree_left" or "bpf_rbtree_right"
            or "bpf_refcount_acquire" or "bpf_res_spin_lock" or "bpf_res_spin_unlock" or "bpf_res_spin_lock_irqsave" or "bpf_res_spin_unlock_irqrestore"
            or "bpf_in_interrupt" or "bpf_throw"
        || (name is "bpf_iter_num_new" or "bpf_iter_num_next" or "bpf_iter_num_destroy" && kernel.Has(6, 13));

    /// <summary>Whether a function may move the packet.</summary>
    public static bool ChangesPacket(string name) => name is "bpf_xdp_pull_data" or "bpf_skb_meta_pull";

    /// <summary>Looks at a call; returns whether the path ends with it.</summary>
    public bool Call(Instruction x)
    {
        var walk = _walk;
        if (!walk.Program.KernelCalls.TryGetValue(walk.Slot, out string? name)) Walk.Reject(VerifierRules.HelperAvailable, "the call names no kernel function");
        var signature = SignatureOf(name!);
        CheckMayCall(signature);
        KernelCallFacts facts = new();
        for (int i = 0; i < signature.Parameters.Length; i++)
        {
            if (!facts.Skipped.Contains(i)) _arguments.Check(signature, i, facts);
        }

        if (signature.Is(KernelFunctionFlags.IteratorNext))
        {
            Advance(signature, facts);
            return false;
        }

        Defer(name!, facts);
        if (facts.Released is { } released) References.Release(walk, released);
        if (Collections.Adds(name!)) _collections.GiveAway(walk.Now[Register.R2]);
        if (Sections(name!)) return false;
        if (name is "bpf_throw") return Throw();
        if (name is "__bpf_trap") Walk.Reject(VerifierRules.Uninitialized, "the compiler has put a trap here: the source does something undefined, such as using a variable without a value");
        ClearRegisters(walk.Now);
        walk.Now[Register.R0] = Result(signature, facts);
        if (ChangesPacket(name!)) PacketPointers.Invalidate(walk);
        if (name is "bpf_res_spin_lock" or "bpf_res_spin_lock_irqsave") ForkLock(name, facts);
        return false;
    }

    // Functions of the program that the kernel calls: now, to order the nodes of a tree, or later.
    private void Defer(string name, KernelCallFacts facts)
    {
        if (facts.Callback < 0) return;
        if (KernelSignature.Plain(name) is "bpf_rbtree_add")
        {
            _calls.PushCallback(facts.Callback, CallbackKind.Comparison, (callee, _) =>
            {
                callee[Register.R1] = _collections.Element(facts, isOwned: false, origin: null);
                callee[Register.R2] = callee[Register.R1];
            });
            return;
        }

        if (!IsDeferral(name) || facts.FieldOwner is not { } owner)
        {
            Walk.Reject(VerifierRules.Argument, $"no kernel calls a function of a program back for {name}()");
            return;
        }

        _calls.PushCallback(facts.Callback, CallbackKind.Later, (callee, _) => Callbacks.SetMapArguments(callee, owner), maySleep: true);
    }

    /// <summary>Whether a function makes the kernel call the program back later, where it may sleep.</summary>
    public static bool IsDeferral(string name) => KernelSignature.Plain(name) is "bpf_wq_set_callback" || name.StartsWith("bpf_task_work_schedule_", StringComparison.Ordinal);

    private KernelSignature SignatureOf(string name)
    {
        if (_signatures.TryGetValue(name, out var known)) return known;
        if (KernelSignature.Find(name, _walk.Kernel) is not { } found)
        {
            Walk.Reject(VerifierRules.HelperAvailable, $"the kernel has no function {name}() that programs may call");
            return null!;
        }

        return _signatures[name] = found;
    }

    private void CheckMayCall(KernelSignature signature)
    {
        var walk = _walk;
        var program = walk.Program;
        string name = signature.Name;
        if (!program.IsGplCompatible) Walk.Reject(VerifierRules.HelperAvailable, $"{name}() is for programs under a GPL-compatible licence, and this one has '{program.License}'");
        if (name is "bpf_iter_css_task_new" && program.Type is not ProgramType.Lsm && program.Attach is not AttachType.TraceIter && !walk.Now.IsSleepable)
            Walk.Reject(VerifierRules.HelperAvailable, $"{name}() is for LSM programs, iterators, and programs that may sleep");
        bool isLater = program.Type is ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent or ProgramType.RawTracepoint or ProgramType.RawTracepointWritable or ProgramType.CgroupDevice;
        if (isLater && !walk.Profile.Has(6, 12)) Walk.Reject(VerifierRules.HelperAvailable, $"{program.Type.KernelName()} programs call no functions of the kernel before Linux 6.12");
        if (signature.Function is { } function)
        {
            if (function.Limit is KernelFunctionLimit.DeviceBound && (program.Flags & ProgramFlags.XdpDeviceBound) == 0)
                Walk.Reject(VerifierRules.HelperAvailable, $"{name}() is for programs that are bound to a device when they are loaded");
            if (function.Since > walk.Profile.Release) Walk.Reject(VerifierRules.HelperAvailable, $"{name}() is known from Linux {function.Since} on");
            if (program.Type is not ProgramType.Ext && !function.IsOpenTo(program.Type, program.Attach ?? default))
                Walk.Reject(VerifierRules.HelperAvailable, $"{program.Type.KernelName()} programs cannot call {name}()");
        }

        if (signature.Is(KernelFunctionFlags.Sleepable))
        {
            if (!program.IsSleepable && !walk.Now.IsSleepable) Walk.Reject(VerifierRules.HelperAvailable, $"{name}() may sleep, and this program may not", null, "mark the section as sleepable (fentry.s, lsm.s …)");
            if (walk.Now.RcuLocks > 0 || walk.Now.PreemptLocks > 0 || walk.Now.InterruptsSaved != 0 || !walk.Now.IsSleepable)
                Walk.Reject(VerifierRules.Sections, $"{name}() may sleep, and is called where nothing may");
        }

        if (signature.Is(KernelFunctionFlags.RcuProtected) && !ObjectAccess.IsInRcu(walk))
            Walk.Reject(VerifierRules.Sections, $"{name}() must be called in an RCU read section", null, "call bpf_rcu_read_lock() before");
    }

    private void Advance(KernelSignature signature, KernelCallFacts facts)
    {
        var walk = _walk;
        var place = walk.Now[Register.R1];
        _iterators.Advance(place, "R1", facts.IteratorType!, facts.IteratorSize, state => Result(signature, facts, isNeverNull: true));
        ClearRegisters(walk.Now);
        walk.Now[Register.R0] = Value.Constant(0, walk.Made(OriginKind.Call));
        walk.GoTo(walk.Slot + 1);
    }

    private static void ClearRegisters(State state)
    {
        for (var register = Register.R0; register <= Register.R5; register++) state[register] = Value.Unwritten;
    }

    // Sections of the program where it must not sleep, or where objects stay alive.
    private bool Sections(string name)
    {
        var state = _walk.Now;
        if (name is "bpf_rcu_read_lock" or "bpf_rcu_read_unlock" && Collections.IsOrdering(_walk))
            Walk.Reject(VerifierRules.Sections, "an RCU read section is opened or closed by the function that orders a tree");
        switch (name)
        {
            case "bpf_rcu_read_lock":
                if (state.RcuLocks > 0 && !_walk.Profile.Has(6, 19)) Walk.Reject(VerifierRules.Sections, "an RCU read section is opened within another one");
                state.RcuLocks++;
                break;
            case "bpf_rcu_read_unlock":
                if (state.RcuLocks == 0) Walk.Reject(VerifierRules.Sections, "an RCU read section is closed, and none is open");
                if (--state.RcuLocks == 0)
                {
                    state.Replace(v => v.Has(ValueFlags.Rcu) && v.Kind is ValueKind.Btf or ValueKind.DynamicPointer && v.Has(ValueFlags.Rcu)
                        ? v with { Flags = (v.Flags & ~(ValueFlags.Rcu | ValueFlags.MayBeNull)) | ValueFlags.Untrusted } : v);
                }

                break;
            case "bpf_preempt_disable":
                state.PreemptLocks++;
                break;
            case "bpf_preempt_enable":
                if (state.PreemptLocks == 0) Walk.Reject(VerifierRules.Sections, "preemption is switched on, and was not switched off");
                state.PreemptLocks--;
                break;
            default:
                return false;
        }

        ClearRegisters(state);
        return true;
    }

    private bool Throw()
    {
        if (_walk.Now.Frames.Any(f => f.Callback is not CallbackKind.None)) Walk.Reject(VerifierRules.HelperAvailable, "bpf_throw() is called from a callback", null, "return a value from the callback, and throw behind the loop");
        if (!_walk.HasExceptionHandler) _calls.CheckThrown();
        _calls.CheckGivenBack("the program throws");
        return true;
    }

    // Getting the lock may fail: then nothing is held.
    private void ForkLock(string name, KernelCallFacts facts)
    {
        var walk = _walk;
        var failed = walk.Fork(walk.Slot + 1);
        failed[Register.R0] = Value.Scalar(ScalarRange.Between(-4095, -1), walk.Made(OriginKind.Call));
        walk.Now[Register.R0] = Value.Constant(0, walk.Made(OriginKind.Call));
        bool isQuiet = name is "bpf_res_spin_lock_irqsave";
        new Locks(walk).Take(facts.Lock!, "R1", isQuiet ? ReferenceKind.ResilientLockInterruptsOff : ReferenceKind.ResilientLock);
        if (isQuiet) _iterators.SaveInterrupts(facts.Flags!, "R2", "lock");
    }

    private Value Result(KernelSignature signature, KernelCallFacts facts, bool isNeverNull = false)
    {
        var walk = _walk;
        var types = signature.Types;
        int type = types.Resolve(signature.Result);
        var origin = walk.Made(OriginKind.Call);
        if (type == 0) return Value.Unwritten;
        if (types[type] is not BtfType.Pointer pointer) return Value.Unknown(origin);
        bool isOwned = signature.PlainName is "bpf_refcount_acquire" && facts.Object is { Reference: not 0 } counted && !counted.Has(ValueFlags.NonOwning);
        bool mayBeNull = signature.Is(KernelFunctionFlags.ReturnsNull) && !isNeverNull && !isOwned;
        bool isElement = facts.Root is not null && types.NameOf(types.Resolve(pointer.Target)) is "bpf_list_node" or "bpf_rb_node" && facts.Root is not null;
        var value = isElement ? _collections.Element(facts, signature.Is(KernelFunctionFlags.Acquire), origin) : KernelResults.Special(walk, signature, facts, origin) ?? Plain(signature, facts, types.Resolve(pointer.Target), origin, isNeverNull);
        if (mayBeNull) value = value with { Flags = value.Flags | ValueFlags.MayBeNull, Id = walk.NewId() };
        if (signature.Is(KernelFunctionFlags.Acquire))
        {
            int id = walk.NewId();
            walk.Now.Acquire(new(ReferenceKind.Object, id, walk.Slot));
            value = value with { Reference = id, Id = mayBeNull ? id : value.Id };
        }

        return value;
    }

    private static Value Plain(KernelSignature signature, KernelCallFacts facts, int target, Origin origin, bool isElement)
    {
        var types = signature.Types;
        if (types.KindOf(target) is BtfKind.Struct or BtfKind.Union)
        {
            var flags = isElement
                ? facts.IteratorIsRcu ? ValueFlags.Rcu : ValueFlags.Trusted
                : signature.Is(KernelFunctionFlags.RcuProtected) ? ValueFlags.Rcu : ValueFlags.None;
            if (signature.Name is "bpf_get_kmem_cache") flags = ValueFlags.Untrusted;
            return Value.Pointer(ValueKind.Btf, flags, origin) with { Type = new(types, target) };
        }

        long size = facts.ResultSize >= 0 ? facts.ResultSize : types.TrySizeOf(target, out int whole) ? whole : 0;
        bool isReadOnly = facts.ResultSize < 0 || facts.ResultIsReadOnly;
        return Value.Pointer(ValueKind.Memory, isReadOnly ? ValueFlags.ReadOnly : ValueFlags.None, origin) with { Size = (int)size, Reference = facts.Reference };
    }
}
