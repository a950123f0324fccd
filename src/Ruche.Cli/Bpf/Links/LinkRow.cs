// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;

namespace Ruche.Cli.Bpf.Links;

/// <summary>A link as it is listed.</summary>
internal sealed record LinkRow(LinkInfo Info, LinkDetails Details, string Target)
{
    /// <summary>Asks the kernel.</summary>
    public static LinkRow Of(KernelLink link)
    {
        LinkInfo info = link.GetInfo();
        var details = LinkDetails.Of(link);
        return new(info, details, LinkTarget.Describe(info, details));
    }
}
