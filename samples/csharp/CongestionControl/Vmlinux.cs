// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

// The kernel's types by the kernel's names, with the fields that are needed. Where a field lies is found out when the object is loaded.

[KernelType("struct tcp_congestion_ops")]
public unsafe struct tcp_congestion_ops
{
    public delegate*<sock*, uint> ssthresh;
    public delegate*<sock*, uint, uint, void> cong_avoid;
    public delegate*<sock*, uint> undo_cwnd;
    public delegate*<sock*, void> init;
    public Text16 name;
}

[KernelType("struct sock")]
public struct sock;

[KernelType("struct tcp_sock")]
public struct tcp_sock
{
    public uint snd_cwnd, snd_cwnd_cnt, snd_cwnd_clamp, snd_ssthresh, prior_cwnd, max_packets_out;
}
