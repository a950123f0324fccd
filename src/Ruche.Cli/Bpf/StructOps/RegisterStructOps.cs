// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Pins;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;

namespace Ruche.Cli.Bpf.StructOps;

/// <summary><c>ruche bpf struct_ops register</c>: loads an object and leaves its structs in use.</summary>
internal static class RegisterStructOps
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = "OBJECT [LINK_DIR]";

    /// <summary>Registers every struct of the object; those that are attached by links are pinned in the directory.</summary>
    public static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        string file = call.Words.Take("the object");
        string? directory = call.Words.IsEmpty ? null : call.Words.Take("the directory");
        call.Words.End();
        ObjectSpec spec = await ObjectSource.OpenAsync(file, ct);
        List<MapSpec> maps = [.. spec.Maps.Where(map => map.Type is MapType.StructOps)];
        if (maps.Count == 0) throw new CommandFailure(ExitCode.Failed, $"'{file}' has no struct_ops map; the section of one is named .struct_ops or .struct_ops.link");
        if (directory is null && maps.Find(map => map.IsLinkedStructOps) is { } linked)
            throw call.Words.Refuse($"'{linked.Name}' is attached by a link, which needs a pin to stay; name a directory for it");
        using BpfObject loaded = BpfObject.Open(spec).Load();
        Pin(loaded, maps.Where(map => map.IsLinkedStructOps), directory);

        // The others stay until they are unregistered.
        foreach (MapSpec map in maps.Where(map => !map.IsLinkedStructOps)) loaded.RegisterStructOps(map.Name);
        ListingOutput.Write([.. maps.Select(map => StructOpsRow.Of(loaded.Map(map.Name)))], new StructOpsShape(), call.Format, isSingle: false);
        return ExitCode.Done;
    }

    private static void Pin(BpfObject loaded, IEnumerable<MapSpec> linked, string? directory)
    {
        List<string> pins = [];
        try
        {
            foreach (MapSpec map in linked)
            {
                using KernelLink link = loaded.Map(map.Name).AttachStructOps();
                string pin = Path.Join(directory, map.Name);
                link.Pin(pin);
                pins.Add(pin);
            }
        }
        catch
        {
            foreach (string pin in pins) BpfPins.Remove(pin);
            throw;
        }
    }
}
