// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine;

/// <summary>
/// What programs may call: helpers by the kernel's numbers, functions of the kernel by their names. Immutable: <see cref="With(HelperId, MachineHelper)"/>
/// gives a larger one.
/// </summary>
public sealed class HelperTable
{
    private readonly Dictionary<int, int> _numbers;
    private readonly Dictionary<string, int> _names;
    private readonly MachineHelper[] _helpers;

    internal HelperTable(Dictionary<int, int> numbers, Dictionary<string, int> names, MachineHelper[] helpers) => (_numbers, _names, _helpers) = (numbers, names, helpers);

    /// <summary>No helpers at all.</summary>
    public static HelperTable Empty { get; } = new([], new(StringComparer.Ordinal), []);

    /// <summary>The numbers of the helpers.</summary>
    public IEnumerable<HelperId> Helpers => _numbers.Keys.Select(id => (HelperId)id);

    /// <summary>The names of the functions of the kernel.</summary>
    public IEnumerable<string> KernelFunctions => _names.Keys;

    /// <summary>This table with one more helper, or another one in its place.</summary>
    public HelperTable With(HelperId id, MachineHelper helper)
    {
        ArgumentNullException.ThrowIfNull(helper);
        return _numbers.TryGetValue((int)id, out int place)
            ? Replace(place, helper)
            : new(new(_numbers) { [(int)id] = _helpers.Length }, _names, [.. _helpers, helper]);
    }

    /// <summary>This table with one more function of the kernel, or another one in its place.</summary>
    public HelperTable With(string kernelFunction, MachineHelper function)
    {
        ArgumentException.ThrowIfNullOrEmpty(kernelFunction);
        ArgumentNullException.ThrowIfNull(function);
        return _names.TryGetValue(kernelFunction, out int place)
            ? Replace(place, function)
            : new(_numbers, new(_names, StringComparer.Ordinal) { [kernelFunction] = _helpers.Length }, [.. _helpers, function]);
    }

    /// <summary>This table with all of another one, which wins where both have the same.</summary>
    public HelperTable With(HelperTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var table = this;
        foreach (var (id, place) in other._numbers) table = table.With((HelperId)id, other._helpers[place]);
        foreach (var (name, place) in other._names) table = table.With(name, other._helpers[place]);
        return table;
    }

    internal HelperTable Where(Func<HelperId, bool> isWanted) => new(_numbers.Where(n => isWanted((HelperId)n.Key)).ToDictionary(), _names, _helpers);

    internal int IndexOf(int id) => _numbers.GetValueOrDefault(id, -1);

    internal int IndexOf(string kernelFunction) => _names.GetValueOrDefault(kernelFunction, -1);

    internal MachineHelper this[int place] => _helpers[place];

    private HelperTable Replace(int place, MachineHelper helper)
    {
        MachineHelper[] replaced = [.. _helpers];
        replaced[place] = helper;
        return new(_numbers, _names, replaced);
    }
}
