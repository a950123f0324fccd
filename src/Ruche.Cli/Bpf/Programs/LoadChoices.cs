// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;
using Ruche.Cli.Bpf.Maps;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Programs;

/// <summary>What words choose about a load. Owns the maps that they name.</summary>
internal sealed class LoadChoices : IDisposable
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = "[type TYPE] [map (idx N|name NAME) MAP]… [dev NAME|xdpmeta_dev NAME] [pinmaps DIR] [autoattach]";

    private readonly Dictionary<string, BpfMap> _byName = [];
    private readonly Dictionary<uint, BpfMap> _byIndex = [];
    private SectionMatch? _type;
    private NetworkInterface? _device;
    private bool _isOffloaded;

    /// <summary>Where to pin the maps; null for nowhere.</summary>
    public string? MapDirectory { get; private set; }

    /// <summary>Whether to attach, and pin the links instead of the programs.</summary>
    public bool Attaches { get; private set; }

    /// <summary>Takes all words that are left.</summary>
    public void Take(CommandWords words)
    {
        while (!words.IsEmpty)
        {
            if (words.TryTake("pinmaps")) MapDirectory = words.Take("the directory for maps");
            else if (words.TryTake("autoattach")) Attaches = true;
            else if (words.TryTake("type")) _type = TypeOf(words.Take("the type"));
            else if (words.TryTake("map")) TakeMap(words);
            else if (words.Peek is "dev" or "offload_dev" or "xdpmeta_dev") TakeDevice(words);
            else words.End();
        }
    }

    /// <summary>The object with its programs being of the type that was chosen.</summary>
    public ObjectSpec Apply(ObjectSpec spec) => _type is not { Definition: { } definition } match ? spec : spec with
    {
        Programs =
        [
            .. spec.Programs.Select(program => program with
            {
                Type = definition.Type,
                AttachType = definition.AttachType,
                IsAttachTypeOptional = definition.IsAttachTypeOptional,
                Attach = definition.Attach,
                AttachTarget = match.Target.Length > 0 ? match.Target : program.AttachTarget,
                Flags = definition.Flags,
            }),
        ],
    };

    /// <summary>How to load the object.</summary>
    public LoadOptions Options(ObjectSpec spec) => new() { Maps = Maps(spec), Device = _device, IsOffloaded = _isOffloaded };

    public void Dispose()
    {
        foreach (BpfMap map in _byName.Values) map.Dispose();
        foreach (BpfMap map in _byIndex.Values) map.Dispose();
    }

    private void TakeMap(CommandWords words)
    {
        if (words.TryTake("name")) _byName[words.Take("the map's name")] = MapSelection.TakeOne(words);
        else if (words.TryTake("idx")) _byIndex[words.TakeNumber("idx")] = MapSelection.TakeOne(words);
        else throw words.Refuse("name or idx is missing after map");
    }

    private void TakeDevice(CommandWords words)
    {
        if (_device is not null) throw words.Refuse("there can be only one device");
        _isOffloaded = words.Take("the kind of device") is not "xdpmeta_dev";
        _device = NetworkInterface.Find(words.Take("the device"));
    }

    private Dictionary<string, BpfMap> Maps(ObjectSpec spec)
    {
        var maps = _byName.ToDictionary();
        foreach (string name in maps.Keys)
        {
            IEnumerable<string> names = spec.Maps.Select(map => map.Name);
            if (!names.Contains(name)) throw new CommandFailure(ExitCode.Usage, $"'{spec.Name}' has no map '{name}'{Spelling.Question(name, names)}");
        }

        foreach ((uint index, BpfMap map) in _byIndex)
        {
            if (index >= spec.Maps.Length) throw new CommandFailure(ExitCode.Usage, $"'{spec.Name}' has {spec.Maps.Length} maps, so there is no idx {index}");
            maps[spec.Maps[(int)index].Name] = map;
        }

        return maps;
    }

    private static SectionMatch TypeOf(string name)
    {
        SectionMatch match = SectionNames.Match(name);
        return match.Definition is not null
            ? match
            : throw new CommandFailure(ExitCode.Usage, $"there is no program type '{name}'; write it as in a section's name: xdp, classifier, cgroup/skb, tracepoint …");
    }
}
