// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Types;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Types;

/// <summary><c>ruche bpf btf show</c>.</summary>
internal static class ShowTypes
{
    /// <summary>Lists all sets of types, or the one that the words name.</summary>
    public static int Run(Invocation call)
    {
        uint? only = call.Words.IsEmpty ? null : TakeId(call.Words);
        ILookup<uint, uint> programs = Programs().ToLookup(pair => pair.Types, pair => pair.Id);
        ILookup<uint, uint> maps = Maps().ToLookup(pair => pair.Types, pair => pair.Id);
        List<TypesRow> rows = [];
        foreach (uint id in only is { } one ? [one] : LoadedTypes.EnumerateIds())
        {
            using LoadedTypes? types = LoadedTypes.TryOpenById(id);
            if (types is not null) rows.Add(new(types.Info, [.. programs[id]], [.. maps[id]]));
        }

        if (only is { } wanted && rows.Count == 0) throw TypesSource.None(wanted);
        ListingOutput.Write(rows, new TypesShape(Surroundings.Of(call, KernelObjectKind.Btf)), call.Format, isSingle: only is not null);
        return ExitCode.Done;
    }

    private static uint TakeId(CommandWords words)
    {
        if (!words.TryTake("id")) throw words.Refuse($"'{words.Peek}' does not name a set of types");
        uint id = words.TakeNumber("id");
        words.End();
        return id;
    }

    private static IEnumerable<(uint Types, uint Id)> Programs()
    {
        foreach (uint id in BpfProgram.EnumerateIds())
        {
            using BpfProgram? program = BpfProgram.TryOpenById(id);
            if (program?.GetInfo() is { BtfId: > 0 } info) yield return (info.BtfId, id);
        }
    }

    private static IEnumerable<(uint Types, uint Id)> Maps()
    {
        foreach (uint id in BpfMap.EnumerateIds())
        {
            using BpfMap? map = BpfMap.TryOpenById(id);
            if (map?.Info is { BtfId: > 0 } info) yield return (info.BtfId, id);
        }
    }
}
