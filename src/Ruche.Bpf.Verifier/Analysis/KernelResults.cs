// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Results of kernel functions whose types say less than the kernel knows.</summary>
internal static class KernelResults
{
    private const int MaxPerCpuSize = 512;

    /// <summary>The result; null when the signature says all.</summary>
    public static Value? Special(Walk walk, KernelSignature signature, KernelCallFacts facts, Origin origin)
    {
        switch (signature.PlainName)
        {
            case "bpf_obj_new" or "bpf_percpu_obj_new":
                bool isPerCpu = signature.PlainName is "bpf_percpu_obj_new";
                var flags = ValueFlags.Allocated | (isPerCpu ? ValueFlags.PerCpu : 0);
                return Value.Pointer(ValueKind.Btf, flags, origin) with { Type = OwnType(walk, facts, isPerCpu) };
            case "bpf_refcount_acquire":
                return Value.Pointer(ValueKind.Btf, ValueFlags.Allocated, origin) with { Type = facts.Object?.Type ?? default };
            case "bpf_cast_to_kern_ctx":
                return Value.Pointer(ValueKind.Btf, ValueFlags.Trusted, origin) with { Type = KernelContext(walk) };
            case "bpf_rdonly_cast":
                return ReadOnlyCast(walk, facts, origin);
            case "bpf_session_cookie":
                return Value.Pointer(ValueKind.Memory, ValueFlags.None, origin) with { Size = sizeof(ulong) };
            case "bpf_arena_alloc_pages":
                return Value.Unknown(origin) with { Kind = ValueKind.Arena };
            case "bpf_dynptr_slice" or "bpf_dynptr_slice_rdwr":
                return Slice(walk, signature, facts, origin);
            default:
                return null;
        }
    }

    private static TypeReference OwnType(Walk walk, KernelCallFacts facts, bool isPerCpu)
    {
        if (facts.Constant is not { } id || walk.Program.Types is not { } types || id >= (ulong)types.Count)
        {
            Walk.Reject(VerifierRules.Argument, "the type of the object must be a constant id of the program's own types");
            return default;
        }

        if (types.KindOf((int)id) is not BtfKind.Struct) Walk.Reject(VerifierRules.Argument, $"an object of type {types.NameOf((int)id)}, which is no struct, cannot be allocated");
        TypeReference type = new(types, (int)id);
        if (!isPerCpu) return type;
        if (types.SizeOf(type.Id) > MaxPerCpuSize) Walk.Reject(VerifierRules.Argument, $"struct {type.Name} has {types.SizeOf(type.Id)} bytes, and a per-CPU object may have {MaxPerCpuSize}");
        if (!walk.FieldsOf(type).IsEmpty || !KernelArguments.IsPlain(types, type.Id, 0)) Walk.Reject(VerifierRules.Argument, $"struct {type.Name} has more than numbers, and a per-CPU object may not");
        return type;
    }

    private static TypeReference KernelContext(Walk walk)
    {
        string name = walk.Program.Type switch
        {
            Ruche.Bpf.Objects.Uapi.ProgramType.Xdp => "xdp_buff",
            Ruche.Bpf.Objects.Uapi.ProgramType.SockOps => "bpf_sock_ops_kern",
            Ruche.Bpf.Objects.Uapi.ProgramType.CgroupSockAddr => "bpf_sock_addr_kern",
            Ruche.Bpf.Objects.Uapi.ProgramType.SkMsg => "sk_msg",
            Ruche.Bpf.Objects.Uapi.ProgramType.SkReuseport => "sk_reuseport_kern",
            Ruche.Bpf.Objects.Uapi.ProgramType.SkLookup => "bpf_sk_lookup_kern",
            Ruche.Bpf.Objects.Uapi.ProgramType.CgroupSysctl => "bpf_sysctl_kern",
            Ruche.Bpf.Objects.Uapi.ProgramType.CgroupSockOpt => "bpf_sockopt_kern",
            Ruche.Bpf.Objects.Uapi.ProgramType.PerfEvent => "bpf_perf_event_data_kern",
            Ruche.Bpf.Objects.Uapi.ProgramType.CgroupSock => "sock",
            Ruche.Bpf.Objects.Uapi.ProgramType.Kprobe or Ruche.Bpf.Objects.Uapi.ProgramType.Tracepoint => "pt_regs",
            _ => "sk_buff",
        };
        return walk.Kernel is { } kernel && kernel.TryFind(BtfKind.Struct, name, out int id) ? new(kernel, id) : default;
    }

    private static Value ReadOnlyCast(Walk walk, KernelCallFacts facts, Origin origin)
    {
        if (facts.Constant is not { } id || walk.Kernel is not { } kernel || id >= (ulong)kernel.Count)
        {
            Walk.Reject(VerifierRules.Argument, "bpf_rdonly_cast() wants a constant id of a kernel type");
            return null!;
        }

        int type = kernel.Resolve((int)id);
        if (kernel.KindOf(type) is BtfKind.Struct or BtfKind.Union) return Value.Pointer(ValueKind.Btf, ValueFlags.Untrusted, origin) with { Type = new(kernel, type) };
        if (type == 0 && walk.Profile.Has(6, 17)) return Value.Pointer(ValueKind.Memory, ValueFlags.ReadOnly | ValueFlags.Untrusted, origin);
        Walk.Reject(VerifierRules.Argument, $"bpf_rdonly_cast() wants the id of a struct, and {id} is {kernel.NameOf(type)}");
        return null!;
    }

    private static Value Slice(Walk walk, KernelSignature signature, KernelCallFacts facts, Origin origin)
    {
        var pointer = facts.Dynamic!;
        bool isReadOnly = signature.Name is "bpf_dynptr_slice" || pointer.Dynamic!.IsReadOnly;
        if (signature.Name is "bpf_dynptr_slice_rdwr" && pointer.Dynamic!.Kind is DynamicKind.SkbDynamicPointer && !PacketRights.MayWrite(walk.Program.Type))
            Walk.Reject(VerifierRules.ReadOnlyMemory, "this program may not write the packet", pointer);
        var flags = isReadOnly ? ValueFlags.ReadOnly : ValueFlags.None;
        if (pointer.Dynamic!.Kind is DynamicKind.SkbDynamicPointer or DynamicKind.XdpDynamicPointer or DynamicKind.SkbMetaDynamicPointer) flags |= ValueFlags.DynamicPointerMemory;
        return Value.Pointer(ValueKind.Memory, flags, origin) with { Size = (int)Math.Min(facts.Constant ?? 0, int.MaxValue), MapInstance = pointer.Dynamic.Id, Reference = pointer.Reference };
    }
}
