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
    public static int Run(Invocation call)
    {
        bool isAll = call.Words.IsEmpty;
        List<LinkRow> rows = [.. isAll ? All() : [Selected(call.Words)]];
        ListingOutput.Write(rows, new LinkShape(Surroundings.Of(call, KernelObjectKind.Link)), call.Format, isSingle: !isAll);
        return ExitCode.Done;
    }

    private static IEnumerable<LinkRow> All()
    {
        foreach (uint id in BpfLink.EnumerateIds())
            if (BpfLink.TryOpenById(id) is { } link) yield return Read(link);
    }

    private static LinkRow Selected(CommandWords words)
    {
        LinkRow row = Read(LinkSelection.TakeOne(words));
        words.End();
        return row;
    }

    private static LinkRow Read(KernelLink link)
    {
        try
        {
            return LinkRow.Of(link);
        }
        finally
        {
            LinkSelection.Close(link);
        }
    }
}
