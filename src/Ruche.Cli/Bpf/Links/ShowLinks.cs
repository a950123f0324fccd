// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Links;

/// <summary><c>ruche bpf link show</c>.</summary>
internal static class ShowLinks
{
    /// <summary>Lists all links, or the one that the words name.</summary>
    public static int Run(Invocation call) => new ObjectListing<KernelLink, LinkRow>
    {
        Kind = KernelObjectKind.Link,
        Ids = BpfLink.EnumerateIds,
        TryOpen = BpfLink.TryOpenById,
        Select = words => [LinkSelection.TakeOne(words)],
        Read = LinkRow.Of,
        Close = LinkSelection.Close,
        Shape = surroundings => new LinkShape(surroundings),
    }.Run(call);
}
