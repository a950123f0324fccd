// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Links;

/// <summary>Describes <c>ruche bpf link …</c>.</summary>
internal static class LinkCommands
{
    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf link", "Links: attachments that the kernel keeps", "show",
        Show("show"), Show("list"),
        WordCommand.Create("bpf link pin", "Keep a link when its process ends", $"({LinkSelection.Syntax}) PATH", "id 7 /sys/fs/bpf/my_link", LinkLifeCommands.Pin),
        WordCommand.Create("bpf link detach", "End an attachment, whoever holds it", LinkSelection.Syntax, "id 7", LinkLifeCommands.Detach));

    private static Command Show(string name) => WordCommand.Create($"bpf link {name}", "List links: type, program, what it is attached to",
        $"[{LinkSelection.Syntax}]", "--output json", ShowLinks.Run, BpfOptions.Output, BpfOptions.Pinned, BpfOptions.Pids);
}
