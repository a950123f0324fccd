// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Types;
using Ruche.Cli.Bpf.Maps;
using Ruche.Cli.Bpf.Programs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Types;

/// <summary>Types to print, and where they are from.</summary>
/// <param name="Spec">The types.</param>
/// <param name="Roots">The ids that were asked for; all when empty.</param>
internal sealed record TypesSource(BtfSpec Spec, ImmutableArray<int> Roots)
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = "id N | file FILE | prog PROG | map MAP [key|value|kv|all]";

    /// <summary>Opens the types that words name.</summary>
    public static TypesSource Take(CommandWords words)
    {
        string by = words.Take("the source of types");
        switch (by)
        {
            case "id":
                return new(ReadById(words.TakeNumber("id")), []);
            case "file":
                return new(ReadFile(words.Take("file")), []);
            case "prog":
                using (BpfProgram program = ProgramSelection.TakeOne(words)) return new(ReadById(Known(program.GetInfo().BtfId, $"program '{program.Name}'")), []);
            case "map":
                using (BpfMap map = MapSelection.TakeOne(words)) return OfMap(words, map);
            default:
                throw words.Refuse($"'{by}' is no source of types");
        }
    }

    /// <summary>The failure for an id that does not exist.</summary>
    public static CommandFailure None(uint id) => new(ExitCode.Failed, $"there is no set of types with id {id}; 'ruche bpf btf list' shows those there are");

    private static TypesSource OfMap(CommandWords words, BpfMap map)
    {
        if (map.Info.KernelValueType != 0) return new(KernelTypes.Running, [(int)map.Info.KernelValueType]);
        BtfSpec spec = ReadById(Known(map.Info.BtfId, $"map '{map.Name}'"));
        int key = (int)map.Info.KeyType, value = (int)map.Info.ValueType;
        string part = words.Peek is "key" or "value" or "kv" or "all" ? words.Take("the part") : "kv";
        return new(spec, part switch
        {
            "key" => [key],
            "value" => [value],
            "kv" => [.. ((int[])[key, value]).Where(id => id != 0).Distinct()],
            _ => [],
        });
    }

    private static uint Known(uint id, string of) =>
        id != 0 ? id : throw new CommandFailure(ExitCode.Failed, $"the kernel has no types of {of}; it was loaded without BTF");

    private static BtfSpec ReadById(uint id)
    {
        using LoadedTypes types = LoadedTypes.TryOpenById(id) ?? throw None(id);
        return types.Read();
    }

    /// <summary>Raw types in sysfs below vmlinux are a module's, which continue the kernel's.</summary>
    private static BtfSpec ReadFile(string path)
    {
        if (!File.Exists(path)) throw new CommandFailure(ExitCode.Usage, $"open '{path}': no such file");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is "/sys/kernel/btf" && Path.GetFileName(path) is not "vmlinux")
            return BtfSpec.Read(File.ReadAllBytes(path), KernelTypes.Running, path);
        return KernelTypes.Read(path);
    }
}
