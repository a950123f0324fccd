// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>Fields of the kernel's objects that some programs may write.</summary>
internal static class WritableFields
{
    private static readonly string[] CongestionFields =
    [
        "sk_pacing_rate", "sk_pacing_status", "icsk_ca_priv", "icsk_ack.pending", "snd_cwnd", "snd_cwnd_cnt", "snd_cwnd_stamp", "snd_ssthresh", "ecn_flags",
    ];

    /// <summary>Whether a program may write bytes of an object.</summary>
    public static bool May(VerifierProgram program, KernelProfile kernel, TypeReference type, int offset, int size)
    {
        string name = type.Types.NameOf(type.Id);
        return program.Type switch
        {
            ProgramType.StructOps => StructOpsMay(program.AttachTarget.Split(':')[0], kernel, name, type, offset, size),
            ProgramType.Xdp or ProgramType.SchedCls or ProgramType.SchedAct => name is "nf_conn" or "nf_conn___init" && IsWithin(type, "mark", offset, size),
            _ => false,
        };
    }

    private static bool StructOpsMay(string operations, KernelProfile kernel, string name, TypeReference type, int offset, int size) => operations switch
    {
        "tcp_congestion_ops" => name is "tcp_sock" or "inet_connection_sock" or "sock" && (CongestionFields.Any(f => IsWithin(type, f, offset, size)) || (kernel.Has(6, 10) && IsWithin(type, "app_limited", offset, size))),
        "sched_ext_ops" => name is "task_struct" && (IsWithin(type, "slice", offset, size) || IsWithin(type, "dsq_vtime", offset, size) || IsWithin(type, "disallow", offset, size)),
        "Qdisc_ops" => (name, MayQueue(type, offset, size)) is ("Qdisc" or "sk_buff" or "bpf_sk_buff_ptr", true),
        "hid_bpf_ops" => name is "hid_bpf_ctx" && (IsWithin(type, "retval", offset, size) || IsWithin(type, "size", offset, size)),
        "bpf_dummy_ops" => name is "bpf_dummy_ops_state",
        _ => false,
    };

    private static bool MayQueue(TypeReference type, int offset, int size) =>
        IsWithin(type, "limit", offset, size) || IsWithin(type, "q", offset, size) || IsWithin(type, "qstats", offset, size)
        || IsWithin(type, "tstamp", offset, size) || IsWithin(type, "cb", offset, size);

    private static bool IsWithin(TypeReference type, string field, int offset, int size) =>
        Place(type.Types, type.Id, field, 0) is { } place && offset >= place.Start && offset + size <= place.End;

    // Names with dots go step by step, since other fields may be called like the last.
    private static (int Start, int End)? Place(BtfSpec types, int id, string field, int start)
    {
        string first = field.Split('.')[0];
        if (types[types.Resolve(id)] is not BtfType.Composite composite) return null;
        foreach (var member in composite.Members)
        {
            int at = start + (member.BitOffset / 8);
            if (member.Name == first && first != field) return Place(types, member.Type, field[(first.Length + 1)..], at);
            if (member.Name == field) return (at, at + (member.BitSize > 0 ? (member.BitSize + 7) / 8 : types.TrySizeOf(member.Type, out int size) ? size : 0));
            if (Place(types, member.Type, field, at) is { } found) return found;
        }

        return null;
    }
}
