// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Maps;

/// <summary><c>ruche bpf map dump</c>.</summary>
internal static class DumpMap
{
    /// <summary>Writes every entry of a map.</summary>
    public static int Run(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        call.Words.End();
        if (map.KeySize == 0) throw new CommandFailure(ExitCode.Usage, WhyNot(map));
        long count = 0;
        using (IEntryOutput output = EntryOutput.Open(map, call.Format, isSingle: false))
        {
            foreach (MapEntry entry in map.Entries)
            {
                output.Write(entry.Key, entry.Value);
                count++;
            }
        }

        if (!Console.IsErrorRedirected) Console.Error.WriteLine(count == 1 ? "ruche: 1 entry" : string.Create(CultureInfo.InvariantCulture, $"ruche: {count} entries"));
        return ExitCode.Done;
    }

    private static string WhyNot(BpfMap map) => $"map '{map.Name}' is a {map.Type.KernelName()}, which has no keys to walk; " + map.Type switch
    {
        MapType.Queue or MapType.Stack => "use peek, pop or dequeue",
        MapType.BloomFilter => "use lookup with a value",
        _ => "its reader sees what programs write to it",
    };
}
