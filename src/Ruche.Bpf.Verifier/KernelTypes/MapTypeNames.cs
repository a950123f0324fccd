// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>The structs that maps of each type are, inside the kernel.</summary>
internal static class MapTypeNames
{
    /// <summary>The struct's name; null for what is a plain <c>struct bpf_map</c>.</summary>
    public static string? Of(MapType type) => type switch
    {
        MapType.Hash or MapType.PerCpuHash or MapType.LruHash or MapType.LruPerCpuHash or MapType.HashOfMaps => "bpf_htab",
        MapType.Array or MapType.PerCpuArray or MapType.ProgArray or MapType.PerfEventArray or MapType.CgroupArray or MapType.ArrayOfMaps => "bpf_array",
        MapType.LpmTrie => "lpm_trie",
        MapType.RingBuf or MapType.UserRingBuf => "bpf_ringbuf_map",
        MapType.Queue or MapType.Stack => "bpf_queue_stack",
        MapType.StackTrace => "bpf_stack_map",
        MapType.DevMap or MapType.DevMapHash => "bpf_dtab",
        MapType.CpuMap => "bpf_cpu_map",
        MapType.XskMap => "xsk_map",
        MapType.SockMap => "bpf_stab",
        MapType.SockHash => "bpf_shtab",
        MapType.ReuseportSockArray => "reuseport_array",
        MapType.SkStorage or MapType.InodeStorage or MapType.TaskStorage or MapType.CgrpStorage => "bpf_local_storage_map",
        MapType.CgroupStorage or MapType.PerCpuCgroupStorage => "bpf_cgroup_storage_map",
        MapType.BloomFilter => "bpf_bloom_filter",
        MapType.StructOps => "bpf_struct_ops_map",
        MapType.Arena => "bpf_arena",
        _ => null,
    };
}
