// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Attachments;
using Ruche.Bpf.Links;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Links;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Programs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Network;

/// <summary><c>ruche bpf net show</c>.</summary>
internal static class ShowNetwork
{
    /// <summary>Lists the programs of every interface, or of one, and of the network namespace.</summary>
    public static int Run(Invocation call)
    {
        string? device = call.Words.TryTake("dev") ? call.Words.Take("the device") : null;
        call.Words.End();
        List<NetworkRow> rows = [.. OnInterfaces(device)];
        if (device is null) rows.AddRange([.. OnNamespace(), .. OnNetfilter()]);
        ListingOutput.Write(rows, new NetworkShape(), call.Format, isSingle: false);
        return ExitCode.Done;
    }

    private static IEnumerable<NetworkRow> OnInterfaces(string? device) =>
        from one in device is null ? InterfacePrograms.Interfaces() : [NetworkInterface.Find(device)]
        from program in InterfacePrograms.Of(one)
        select new NetworkRow(one.Name, one.Index, program.Hook, program.Kind, program.ProgramId, program.LinkId,
            program.Name.Length > 0 ? program.Name : ProgramNames.Of(program.ProgramId));

    private static IEnumerable<NetworkRow> OnNamespace() =>
        from hook in (AttachType[])[AttachType.FlowDissector, AttachType.SkLookup]
        from program in AttachedPrograms.OnNetNamespace(hook)
        select new NetworkRow("", 0, hook.KernelName(), "", program.ProgramId, program.LinkId, ProgramNames.Of(program.ProgramId));

    private static List<NetworkRow> OnNetfilter()
    {
        List<NetworkRow> rows = [];
        foreach (uint id in BpfLink.EnumerateIds())
        {
            if (BpfLink.TryOpenById(id) is not { } link) continue;
            LinkInfo info = link.GetInfo();
            if (info.Type is LinkType.Netfilter && LinkDetails.Of(link).Netfilter is { } at) rows.Add(Row(info, at));
            LinkSelection.Close(link);
        }

        return rows;
    }

    private static NetworkRow Row(LinkInfo info, NetfilterOptions at)
    {
        string kind = string.Create(CultureInfo.InvariantCulture, $"{at.Family.ToString().ToLowerInvariant()} {at.Hook.ToString().ToLowerInvariant()} priority {at.Priority}");
        return new("", 0, "netfilter", kind, info.ProgramId, info.Id, info.ProgramName);
    }
}
