// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Pins;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Listing;

/// <summary>Where objects of one kind are pinned and which processes hold them, as far as that was asked for.</summary>
internal sealed class Surroundings
{
    private readonly ILookup<uint, string>? _pins;
    private readonly ILookup<uint, KernelObjectHolder>? _holders;

    private Surroundings(ILookup<uint, string>? pins, ILookup<uint, KernelObjectHolder>? holders) => (_pins, _holders) = (pins, holders);

    /// <summary>Looks for what the options of a call ask for.</summary>
    public static Surroundings Of(Invocation call, KernelObjectKind kind) => new(
        call.ShowsPins ? PinnedObjects.Find().Where(pin => pin.Kind == kind).ToLookup(pin => pin.Id, pin => pin.Path) : null,
        call.ShowsHolders ? KernelObjectHolders.Find().Where(holder => holder.Kind == kind).ToLookup(holder => holder.Id) : null);

    /// <summary>The pins of an object as a cell.</summary>
    public string PinCell(uint id) => _pins is null ? "" : string.Join(' ', _pins[id]);

    /// <summary>The processes that hold an object as a cell.</summary>
    public string HolderCell(uint id) =>
        _holders is null ? "" : string.Join(' ', _holders[id].Select(holder => string.Create(CultureInfo.InvariantCulture, $"{holder.Command}({holder.Pid})")));

    /// <summary>Writes the members <c>pinned</c> and <c>pids</c>, those that were asked for.</summary>
    public void WriteMembers(Utf8JsonWriter json, uint id)
    {
        if (_pins is not null)
        {
            json.WriteStartArray("pinned");
            foreach (string path in _pins[id]) json.WriteStringValue(path);
            json.WriteEndArray();
        }

        if (_holders is null) return;
        json.WriteStartArray("pids");
        foreach (KernelObjectHolder holder in _holders[id])
        {
            json.WriteStartObject();
            json.WriteNumber("pid", holder.Pid);
            json.WriteString("comm", holder.Command);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
