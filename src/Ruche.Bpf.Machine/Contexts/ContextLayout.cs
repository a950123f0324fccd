// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of a program type: a structure of the kernel's interface.</summary>
/// <param name="Name">The structure.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Data">What stands beside it.</param>
/// <param name="Writable">The fields that programs may write: where they begin and end.</param>
internal sealed record ContextLayout(string Name, int Size, ContextData Data, params (int Start, int End)[] Writable)
{
    private static readonly (int, int)[] Classifier = [(8, 16), (32, 36), (44, 68), (72, 76), (152, 160)];
    private static readonly (int, int)[] Marks = [(8, 12), (32, 36), (48, 68)];

    private static readonly Dictionary<ProgramType, ContextLayout> Layouts = new()
    {
        [ProgramType.Xdp] = new("xdp_md", 24, ContextData.Xdp),
        [ProgramType.SchedCls] = new("__sk_buff", 192, ContextData.LinkLayer, Classifier),
        [ProgramType.SchedAct] = new("__sk_buff", 192, ContextData.LinkLayer, Classifier),
        [ProgramType.CgroupSkb] = new("__sk_buff", 192, ContextData.NetworkLayer, [.. Marks, (152, 160)]),
        [ProgramType.SocketFilter] = new("__sk_buff", 192, ContextData.NetworkLayer, (48, 68)),
        [ProgramType.LwtIn] = new("__sk_buff", 192, ContextData.NetworkLayer, Marks),
        [ProgramType.LwtOut] = new("__sk_buff", 192, ContextData.NetworkLayer, Marks),
        [ProgramType.LwtXmit] = new("__sk_buff", 192, ContextData.NetworkLayer, Marks),
        [ProgramType.LwtSeg6Local] = new("__sk_buff", 192, ContextData.NetworkLayer, Marks),
        [ProgramType.FlowDissector] = new("__sk_buff", 192, ContextData.NetworkLayer),
        [ProgramType.SkSkb] = new("__sk_buff", 192, ContextData.Payload, (32, 36), (44, 48), (48, 68)),
        [ProgramType.CgroupSockAddr] = new("bpf_sock_addr", 72, ContextData.None, (4, 28), (40, 60)),
        [ProgramType.CgroupSock] = new("bpf_sock", 80, ContextData.None, (0, 4), (16, 24)),
        [ProgramType.SockOps] = new("bpf_sock_ops", 224, ContextData.None, (4, 20), (164, 168)),
        [ProgramType.SkLookup] = new("bpf_sk_lookup", 72, ContextData.None),
        [ProgramType.CgroupDevice] = new("bpf_cgroup_dev_ctx", 12, ContextData.None),
        [ProgramType.CgroupSysctl] = new("bpf_sysctl", 8, ContextData.None, (4, 8)),
        [ProgramType.CgroupSockOpt] = new("bpf_sockopt", 40, ContextData.OptionValue, (24, 40)),
    };

    /// <summary>The context of a program type; null for those whose context is a record that the caller gives.</summary>
    public static ContextLayout? Of(ProgramType type) => Layouts.GetValueOrDefault(type);
}
