// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Maps;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>Opens the maps that words name.</summary>
internal static class MapSelection
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = "id N | name NAME | pinned PATH";

    /// <summary>The same in one word, where more words follow.</summary>
    public const string Short = "(id N|name NAME|pinned PATH)";

    /// <summary>Opens exactly one map. The caller disposes it.</summary>
    public static BpfMap TakeOne(CommandWords words)
    {
        List<BpfMap> found = TakeSome(words);
        if (found.Count == 1) return found[0];
        string ids = string.Join(", ", found.Select(map => map.Id));
        foreach (BpfMap map in found) map.Dispose();
        throw new CommandFailure(ExitCode.Usage, $"several maps fit: {ids}; name one by its id");
    }

    /// <summary>Opens the maps that fit: at least one. The caller disposes each.</summary>
    public static List<BpfMap> TakeSome(CommandWords words)
    {
        string by = words.Take("the map");
        switch (by)
        {
            case "id":
                uint id = words.TakeNumber("id");
                return [BpfMap.TryOpenById(id) ?? throw None($"id {id}")];
            case "pinned":
                return [OpenPinned(words.Take("path"))];
            case "name":
                string name = words.Take("name");
                if (name.Length == 0) throw words.Refuse("the name is empty");
                List<BpfMap> named = [.. BpfMap.OpenByName(name)];
                return named.Count > 0 ? named : throw None($"name '{name}'");
            default:
                throw words.Refuse($"'{by}' does not name a map");
        }
    }

    private static BpfMap OpenPinned(string path)
    {
        try
        {
            return BpfMap.OpenPinned(path);
        }
        catch (BpfException e) when (e.Errno is Errno.ENOENT)
        {
            throw new CommandFailure(ExitCode.Failed, $"nothing is pinned at {path}; 'ruche bpf map list --pinned' shows what is");
        }
    }

    private static CommandFailure None(string what) => new(ExitCode.Failed, $"there is no map with {what}; 'ruche bpf map list' shows those there are");
}
