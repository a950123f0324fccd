// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Prototypes;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Calls of helpers.</summary>
internal sealed class HelperCalls(Walk walk, Calls calls)
{
    private readonly HelperArguments _arguments = new(walk);
    private readonly Callbacks _callbacks = new(walk, calls);

    /// <summary>Looks at a call; returns whether the path ends with it.</summary>
    public bool Call(Instruction x)
    {
        var id = (HelperId)x.Immediate;
        var prototype = Find(id);
        CheckMayCall(prototype);
        CallFacts facts = new();
        for (int i = 0; i < prototype.Arguments.Length; i++) _arguments.Check(prototype, i, facts);
        if (facts.Map is { } map && !MapCompatibility.Allows(map.Spec.Type, id, walk.Program.Type, walk.Program.Attach))
            Walk.Reject(VerifierRules.Argument, $"{NameOf(id)} cannot be given map '{map}' of type {map.Spec.Type.KernelName()}");
        if (ChangesMap(id) && facts.Map is { } changed && (changed.Spec.Flags & MapFlags.ReadOnlyProgram) != 0)
            Walk.Reject(VerifierRules.ReadOnlyMemory, $"{NameOf(id)} changes map '{changed}', which programs may only read");
        if (facts.Released is { } released) References.Release(walk, released);
        // A tail call that succeeds does not come back; some kernels forget the packet nevertheless.
        bool keepsPacket = id is HelperId.TailCall && (walk.Profile.Has(6, 18) || !walk.Profile.Has(6, 2));
        bool changesPacket = (prototype.ChangesPacket && !keepsPacket) || ChangesPacket(id, facts);
        DoSpecial(id, prototype, facts);
        for (var register = Register.R0; register <= Register.R5; register++) walk.Now[register] = Value.Unwritten;
        var result = Result(prototype, facts);
        walk.Now[Register.R0] = result;
        if (changesPacket) PacketPointers.Invalidate(walk);
        if (id is HelperId.TailCall && walk.Profile.Has(6, 18)) calls.ForkReturn();
        walk.GoTo(walk.Slot + 1);
        return false;
    }

    /// <summary>The helper's name as C programs write it.</summary>
    public static string NameOf(HelperId id) => HelperNames.NameOf(id) is { } name ? $"bpf_{name.Replace("bpf_", "", StringComparison.Ordinal)}()" : $"helper {(int)id}";

    private HelperPrototype Find(HelperId id)
    {
        if (HelperPrototypes.For(walk.Program.Type, id) is { } prototype) return prototype;
        Walk.Reject(VerifierRules.HelperAvailable, $"no kernel has helper {(int)id}");
        return null!;
    }

    private void CheckMayCall(HelperPrototype prototype)
    {
        var program = walk.Program;
        string name = NameOf(prototype.Id);
        if (prototype.Since > walk.Profile.Release) Walk.Reject(VerifierRules.HelperAvailable, $"{name} is known from Linux {prototype.Since} on");
        var (type, attach) = program.Type is ProgramType.Ext ? (ProgramType.Unspec, null) : (program.Type, program.Attach);
        if (type is not ProgramType.Unspec && HelperAvailability.IsAvailable(type, prototype.Id) == false && !IsOfAttachment(type, prototype.Id))
            Walk.Reject(VerifierRules.HelperAvailable, $"{program.Type.KernelName()} programs cannot call {name}");
        if (HelperArrivals.Of(type, prototype.Id) is var arrival && arrival > walk.Profile.Release)
            Walk.Reject(VerifierRules.HelperAvailable, $"{program.Type.KernelName()} programs may call {name} from Linux {arrival} on, as far as is known");
        if (prototype.Id is HelperId.GetAttachCookie && attach is AttachType.TraceRawTp && !walk.Profile.Has(6, 10))
            Walk.Reject(VerifierRules.HelperAvailable, $"{name} is for trace points with types from Linux 6.10 on");
        HelperCaller caller = new(program.Type, attach ?? default, program.AttachTarget.Length == 0 ? null : program.AttachTarget);
        if (type is not ProgramType.Unspec && HelperRestrictions.Check(prototype.Id, caller) is not HelperRefusal.None)
            Walk.Reject(VerifierRules.HelperAvailable, $"{program.Type.KernelName()} programs attached like this one cannot call {name}");
        if (prototype.IsGplOnly && !program.IsGplCompatible)
            Walk.Reject(VerifierRules.HelperAvailable, $"{name} is for programs under a GPL-compatible licence, and this one has '{program.License}'");
        if (!walk.Profile.IsPrivileged && HelperRestrictions.CapabilityFor(prototype.Id) is not HelperCapability.None)
            Walk.Reject(VerifierRules.HelperAvailable, $"{name} is not for programs without privileges", null, "load the program with CAP_BPF and CAP_PERFMON");
        if (!prototype.MaySleep) return;
        if (!program.IsSleepable && !walk.Now.IsSleepable) Walk.Reject(VerifierRules.HelperAvailable, $"{name} may sleep, and this program may not", null, "mark the section as sleepable (fentry.s, lsm.s, uprobe.s …)");
        if (!walk.Now.IsSleepable || walk.Now.RcuLocks > 0 || walk.Now.PreemptLocks > 0 || walk.Now.InterruptsSaved != 0)
            Walk.Reject(VerifierRules.Sections, $"{name} may sleep, and is called where nothing may");
    }

    // The table tells what programs may call that do not say what they are attached to; these depend on it.
    private static bool IsOfAttachment(ProgramType type, HelperId id) => type switch
    {
        ProgramType.CgroupDevice or ProgramType.CgroupSock or ProgramType.CgroupSockAddr or ProgramType.CgroupSysctl => id is HelperId.GetRetval or HelperId.SetRetval,
        ProgramType.CgroupSockOpt => id is HelperId.GetRetval or HelperId.SetRetval or HelperId.Getsockopt or HelperId.Setsockopt,
        _ => false,
    };

    private static bool ChangesMap(HelperId id) => id is HelperId.MapUpdateElem or HelperId.MapDeleteElem or HelperId.MapPushElem or HelperId.MapPopElem;

    private static bool ChangesPacket(HelperId id, CallFacts facts) =>
        id is HelperId.DynptrWrite && facts.Dynamic?.Dynamic is { Kind: DynamicKind.SkbDynamicPointer or DynamicKind.SkbMetaDynamicPointer };

    private void DoSpecial(HelperId id, HelperPrototype prototype, CallFacts facts)
    {
        switch (id)
        {
            case HelperId.Setsockopt or HelperId.Getsockopt when walk.Program.AttachTarget is "tcp_congestion_ops:release":
                Walk.Reject(VerifierRules.HelperAvailable, $"{NameOf(id)} cannot be called when a congestion control is being released");
                break;
            case HelperId.TailCall:
                calls.CheckGivenBack("a tail call leaves the program");
                walk.Speculation.NoteTailCall(facts.Map!);
                break;
            case HelperId.GetLocalStorage:
                if (!walk.Now[Register.R2].IsNull) Walk.Reject(VerifierRules.Argument, "the flags of bpf_get_local_storage() must be 0", walk.Now[Register.R2]);
                Walk.NeedExactly(walk.Now[Register.R2]);
                break;
            case HelperId.ForEachMapElem or HelperId.FindVma or HelperId.Loop or HelperId.UserRingbufDrain or HelperId.TimerSetCallback:
                _callbacks.Push(id, facts);
                break;
            case HelperId.Snprintf:
                FormatCheck.Check(walk);
                break;
            case HelperId.DynptrFromMem:
                if (walk.Now[Register.R1].Kind is not ValueKind.MapValue)
                    Walk.Reject(VerifierRules.Argument, $"bpf_dynptr_from_mem() takes memory of map values only, and R1 is {Describe.Value(walk.Now[Register.R1])}", walk.Now[Register.R1]);
                break;
            case HelperId.SetRetval:
                CheckSetRetval();
                break;
        }
    }

    private void CheckSetRetval()
    {
        var program = walk.Program;
        var value = walk.Now[Register.R1];
        if (program is { Type: ProgramType.CgroupSockOpt, Attach: AttachType.CgroupGetSockOpt } || !walk.Profile.Has(6, 19) && program.Type is not ProgramType.Lsm) return;
        if (walk.Profile.Has(6, 19)) CheckRetval(program, value);
        if (program is { Type: ProgramType.Lsm } && Contexts.SecurityHooks.ResultOf(program.AttachTarget) is Contexts.SecurityHookResult.Nothing)
            Walk.Reject(VerifierRules.ReturnValue, "the hook returns nothing, so its return value cannot be set");
    }

    // What the program returns by other ways keeps within the same bounds; a security hook has its own.
    private static void CheckRetval(VerifierProgram program, Value value)
    {
        const int MaxError = 4095;
        Walk.NeedExactly(value);
        bool isClaim = program.Type is ProgramType.Lsm && Contexts.SecurityHooks.ResultOf(program.AttachTarget) is Contexts.SecurityHookResult.Claim;
        var (least, greatest) = isClaim ? (0, 1) : (-MaxError, 0);
        if (value.IsScalar && value.Range.SignedLeast32 >= least && value.Range.SignedGreatest32 <= greatest) return;
        Walk.Reject(VerifierRules.ReturnValue, $"the return value is set to {Describe.Value(value)}, and {least}..{greatest} is allowed", value);
    }

    private Value Result(HelperPrototype prototype, CallFacts facts)
    {
        var origin = walk.Made(OriginKind.Call);
        var flags = prototype.ResultFlags;
        Value value;
        switch (prototype.Result)
        {
            case ResultKind.Integer:
                return Value.Scalar(RangeOf(prototype.Id, facts), origin);
            case ResultKind.Void:
                return Value.Unwritten;
            case ResultKind.MapValue:
                if (prototype.Id is HelperId.MapLookupElem && NeverMisses(facts)) flags &= ~ValueFlags.MayBeNull;
                value = Value.Pointer(ValueKind.MapValue, flags, origin) with { Map = facts.Map, MapInstance = facts.MapInstance };
                if (!value.MayBeNull && facts.Map!.Fields.Any(f => f.Kind is SpecialFieldKind.SpinLock or SpecialFieldKind.ResilientSpinLock)) value = value with { Id = walk.NewId() };
                break;
            case ResultKind.Socket:
                value = Value.Pointer(ValueKind.Socket, flags, origin);
                break;
            case ResultKind.SocketCommon:
                value = Value.Pointer(ValueKind.SocketCommon, flags, origin);
                break;
            case ResultKind.TcpSocket:
                value = Value.Pointer(ValueKind.TcpSocket, flags, origin);
                break;
            case ResultKind.Memory or ResultKind.DynamicPointerMemory:
                value = Value.Pointer(ValueKind.Memory, flags & ~ValueFlags.DynamicPointerMemory, origin) with { Size = (int)Math.Min(facts.AllocationSize, int.MaxValue) };
                break;
            case ResultKind.MemoryOrBtf:
                value = PerCpuResult(facts, flags, origin);
                break;
            default:
                value = Value.Pointer(ValueKind.Btf, flags, origin) with { Type = TypeOf(prototype, facts) };
                if (prototype.Id is HelperId.KptrXchg && !IsKernel(value.Type))
                {
                    value = value with
                    {
                        Flags = value.Flags | ValueFlags.Allocated | (facts.Field!.Kind is SpecialFieldKind.PerCpuKernelPointer ? ValueFlags.PerCpu : 0),
                    };
                }

                break;
        }

        if (value.MayBeNull) value = value with { Id = walk.NewId() };
        return WithReference(prototype, value, facts);
    }

    private Value WithReference(HelperPrototype prototype, Value value, CallFacts facts)
    {
        if (IsCast(prototype.Id)) return value with { Reference = facts.Reference };
        bool isFromSocketMap = prototype.Id is HelperId.MapLookupElem && facts.Map?.Spec.Type is MapType.SockMap or MapType.SockHash && prototype.Id is HelperId.MapLookupElem;
        if (prototype.Acquires || isFromSocketMap)
        {
            int id = walk.NewId();
            walk.Now.Acquire(new(ReferenceKind.Object, id, walk.Slot));
            return value with { Id = id, Reference = id };
        }

        if (prototype.Id is HelperId.DynptrData && facts.Dynamic is { } pointer) return value with { MapInstance = pointer.Dynamic!.Id, Reference = pointer.Reference };
        return value;
    }

    private static bool IsCast(HelperId id) => id is HelperId.TcpSock or HelperId.SkFullsock or HelperId.SkcToTcpSock or HelperId.SkcToTcp6Sock or HelperId.SkcToUdp6Sock
        or HelperId.SkcToMptcpSock or HelperId.SkcToTcpTimewaitSock or HelperId.SkcToTcpRequestSock;

    // An array has every key below its size.
    private bool NeverMisses(CallFacts facts) =>
        walk.Profile.Has(6, 15) && walk.Profile.IsPrivileged && (facts.Map!.Spec.Flags & MapFlags.InnerMap) == 0 && facts.Key is { } key && facts.Map is { } map && map.Spec.Type is MapType.Array or MapType.PerCpuArray
        && facts.Map is { } known && key >= 0 && key < known.Spec.MaxEntries;

    private static Value PerCpuResult(CallFacts facts, ValueFlags flags, Origin origin)
    {
        var variable = facts.PerCpu!;
        var types = variable.Type.Types;
        int type = types.Resolve(variable.Type.Id);
        if (types.KindOf(type) is not (BtfKind.Struct or BtfKind.Union))
        {
            return Value.Pointer(ValueKind.Memory, flags, origin) with { Size = types.TrySizeOf(type, out int size) ? size : 0 };
        }

        flags &= ~ValueFlags.ReadOnly;
        if (variable.Has(ValueFlags.Rcu)) flags = ValueFlags.Allocated | ValueFlags.Rcu;
        return Value.Pointer(ValueKind.Btf, flags, origin) with { Type = new(types, type) };
    }

    private bool IsKernel(TypeReference type) => ReferenceEquals(type.Types, walk.Kernel);

    private TypeReference TypeOf(HelperPrototype prototype, CallFacts facts)
    {
        if (prototype.Id is HelperId.KptrXchg) return KernelPointers.TypeOf(walk, facts.FieldOwner!, facts.Field!);
        return walk.Kernel is { } kernel && prototype.ResultTypeName is { } name && kernel.TryFind(BtfKind.Struct, name, out int id) ? new(kernel, id) : default;
    }

    private ScalarRange RangeOf(HelperId id, CallFacts facts)
    {
        const int MaxError = 4095;
        switch (id)
        {
            case HelperId.GetTaskStack when !walk.Profile.Has(5, 13):
                return ScalarRange.Unknown;
            case HelperId.GetStack or HelperId.GetTaskStack or HelperId.ProbeReadStr or HelperId.ProbeReadKernelStr or HelperId.ProbeReadUserStr when facts.GreatestSize >= 0:
                return (ScalarRange.Unknown with
                {
                    SignedGreatest = facts.GreatestSize,
                    SignedGreatest32 = (int)facts.GreatestSize,
                    SignedLeast = -MaxError,
                    SignedLeast32 = -MaxError,
                }).Settle(walk.Profile.Reasoning);
            case HelperId.GetSmpProcessorId:
                // No kernel is built for more processors than this.
                return (ScalarRange.Unknown with
                {
                    Greatest = ProcessorLimit,
                    Greatest32 = ProcessorLimit,
                    SignedGreatest = ProcessorLimit,
                    SignedGreatest32 = ProcessorLimit,
                    SignedLeast = 0,
                    SignedLeast32 = 0,
                }).Settle(walk.Profile.Reasoning);
            default:
                return ScalarRange.Unknown;
        }
    }

    private const int ProcessorLimit = 8191;
}
