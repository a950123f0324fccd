// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine;

/// <summary>The helpers that programs may call, by the kernel's numbers. Immutable: <see cref="With"/> gives a larger one.</summary>
public sealed class HelperTable
{
    private readonly Dictionary<int, int> _places;
    private readonly MachineHelper[] _helpers;

    private HelperTable(Dictionary<int, int> places, MachineHelper[] helpers) => (_places, _helpers) = (places, helpers);

    /// <summary>No helpers at all.</summary>
    public static HelperTable Empty { get; } = new([], []);

    /// <summary>This table with one more helper, or another one in its place.</summary>
    public HelperTable With(HelperId id, MachineHelper helper)
    {
        ArgumentNullException.ThrowIfNull(helper);
        if (_places.TryGetValue((int)id, out int place))
        {
            MachineHelper[] replaced = [.. _helpers];
            replaced[place] = helper;
            return new(_places, replaced);
        }

        return new(new(_places) { [(int)id] = _helpers.Length }, [.. _helpers, helper]);
    }

    internal int IndexOf(int id) => _places.GetValueOrDefault(id, -1);

    internal MachineHelper this[int place] => _helpers[place];
}
