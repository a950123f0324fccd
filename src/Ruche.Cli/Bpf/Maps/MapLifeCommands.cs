// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>Creates, freezes and pins maps.</summary>
internal static class MapLifeCommands
{
    /// <summary>How a new map is described.</summary>
    public const string CreateSyntax = "PATH type TYPE key BYTES value BYTES entries N name NAME [flags F] [inner_map MAP] [dev NAME]";

    /// <summary><c>ruche bpf map create</c>: makes a map and pins it.</summary>
    public static int Create(Invocation call)
    {
        string path = call.Words.Take("the path to pin it at");
        (MapSpec spec, NetworkInterface? device) = TakeSpec(call.Words);
        using var map = BpfMap.Create(spec, device: device);
        map.Pin(path);
        return ExitCode.Done;
    }

    /// <summary><c>ruche bpf map freeze</c>: forbids user space to change it from now on.</summary>
    public static int Freeze(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        call.Words.End();
        map.Freeze();
        return ExitCode.Done;
    }

    /// <summary><c>ruche bpf map pin</c>: gives it a name in the BPF file system.</summary>
    public static int Pin(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        string path = call.Words.Take("the path");
        call.Words.End();
        map.Pin(path);
        return ExitCode.Done;
    }

    private static (MapSpec Spec, NetworkInterface? Device) TakeSpec(CommandWords words)
    {
        NetworkInterface? device = null;
        MapSpec spec = new() { Name = "", Type = MapType.Unspec };
        while (!words.IsEmpty)
        {
            if (words.TryTake("dev"))
            {
                device = NetworkInterface.Find(words.Take("the device"));
                continue;
            }

            string word = words.Take("a word");
            spec = word switch
            {
                "type" => spec with { Type = TypeOf(words.Take("type")) },
                "name" => spec with { Name = words.Take("name") },
                "key" => spec with { KeySize = (int)words.TakeNumber("key size") },
                "value" => spec with { ValueSize = (int)words.TakeNumber("value size") },
                "entries" => spec with { MaxEntries = words.TakeNumber("number of entries") },
                "flags" => spec with { Flags = (MapFlags)words.TakeNumber("flags") },
                "inner_map" => spec with { Inner = InnerSpec(words) },
                _ => throw words.Refuse($"'{word}' is not expected here"),
            };
        }

        if (spec.Type is MapType.Unspec) throw words.Refuse("the type is missing");
        return spec.Name.Length > 0 ? (spec, device) : throw words.Refuse("the name is missing");
    }

    private static MapSpec InnerSpec(CommandWords words)
    {
        using BpfMap inner = MapSelection.TakeOne(words);
        return new()
        {
            Name = "inner",
            Type = inner.Type,
            KeySize = inner.KeySize,
            ValueSize = inner.ValueSize,
            MaxEntries = inner.MaxEntries,
            Flags = inner.Flags,
            Extra = inner.Info.Extra,
        };
    }

    private static MapType TypeOf(string name)
    {
        MapType[] types = Enum.GetValues<MapType>();
        foreach (MapType type in types)
            if (type.KernelName() == name && type is not MapType.Unspec) return type;
        throw new CommandFailure(ExitCode.Usage, $"there is no map type '{name}'{Spelling.Question(name, Array.ConvertAll(types, type => type.KernelName()))}");
    }
}
