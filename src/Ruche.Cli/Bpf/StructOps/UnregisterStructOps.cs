// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Links;
using Ruche.Cli.Bpf.Maps;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.StructOps;

/// <summary><c>ruche bpf struct_ops unregister</c>: takes a struct out of use.</summary>
internal static class UnregisterStructOps
{
    /// <summary>Deletes the map's entry, or detaches the map's links.</summary>
    public static int Run(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        call.Words.End();
        if (map.Type is not MapType.StructOps) throw new CommandFailure(ExitCode.Usage, $"map '{map.Name}' is a {map.Type.KernelName()}, not a struct_ops");
        bool wasInUse = map.Flags.HasFlag(MapFlags.Link) ? DetachLinks(map.Id) : map.Delete(stackalloc byte[sizeof(int)]);
        return wasInUse ? ExitCode.Done : throw new CommandFailure(ExitCode.Failed, $"'{map.Name}' is not registered");
    }

    private static bool DetachLinks(uint map)
    {
        bool isAny = false;
        foreach (uint id in BpfLink.EnumerateIds())
        {
            if (BpfLink.TryOpenById(id) is not { } link) continue;
            try
            {
                if (link.Kind is not AttachKind.StructOps || LinkDetails.Of(link).MapId != map) continue;
                link.DetachForAll();
                isAny = true;
            }
            finally
            {
                LinkSelection.Close(link);
            }
        }

        return isAny;
    }
}
