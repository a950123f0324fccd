// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Objects.Uapi;

/// <summary>The names the kernel's users know its constants by: <c>percpu_hash</c>, <c>raw_tracepoint</c>, <c>map_lookup_elem</c>.</summary>
public static class KernelNames
{
    // Words that the kernel writes without an underscore.
    private static readonly string[] Joined =
    [
        "per_cpu", "ring_buf", "dev_map", "cpu_map", "xsk_map", "sock_map", "sock_hash", "sock_array", "sock_opt", "get_sockopt",
        "set_sockopt", "get_peer_name", "get_sock_name", "net_ns", "send_msg", "recv_msg", "stack_trace_",
    ];

    /// <summary>The map type as the kernel calls it: <c>percpu_hash</c>, <c>ringbuf</c>.</summary>
    public static string KernelName(this MapType type) => Snake(type.ToString());

    /// <summary>The program type as the kernel calls it: <c>sched_cls</c>, <c>raw_tracepoint</c>.</summary>
    public static string KernelName(this ProgramType type) => Snake(type.ToString());

    /// <summary>The attach type as the kernel calls it: <c>cgroup_inet4_connect</c>.</summary>
    public static string KernelName(this AttachType type) => Snake(type.ToString());

    /// <summary>The link type as the kernel calls it: <c>kprobe_multi</c>.</summary>
    public static string KernelName(this LinkType type) => Snake(type.ToString());

    private static string Snake(string name)
    {
        StringBuilder snake = new(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i])) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }

        foreach (string word in Joined) snake.Replace(word, word.Replace("_", "", StringComparison.Ordinal));
        return snake.ToString();
    }
}
