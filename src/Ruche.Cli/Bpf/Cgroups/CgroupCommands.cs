// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Cgroups;

/// <summary>Describes <c>ruche bpf cgroup …</c>.</summary>
internal static class CgroupCommands
{
    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf cgroup", "Programs of cgroups", "tree",
        Show("show"), Show("list"),
        WordCommand.Create("bpf cgroup tree", "List the programs of a cgroup and all below it", "[CGROUP] [effective]", "--output json", ShowCgroups.Tree, BpfOptions.Output),
        WordCommand.Create("bpf cgroup attach", "Attach a program; it stays until it is detached", $"{AttachToCgroup.Syntax} [multi|override]", "/sys/fs/cgroup/web cgroup_inet_ingress id 7 multi", AttachToCgroup.Attach),
        WordCommand.Create("bpf cgroup detach", "Detach a program", AttachToCgroup.Syntax, "/sys/fs/cgroup/web cgroup_inet_ingress id 7", AttachToCgroup.Detach));

    private static Command Show(string name) =>
        WordCommand.Create($"bpf cgroup {name}", "List the programs of one cgroup", "CGROUP [effective]", "/sys/fs/cgroup", ShowCgroups.Show, BpfOptions.Output);
}
