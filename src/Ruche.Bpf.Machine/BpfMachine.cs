// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Linking;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Surroundings;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine;

/// <summary>
/// An object in this process: its maps and its programs, as the kernel would have them after loading, without a kernel and without
/// privilege. Owns its maps. Runs may go on in several threads; loading and disposing may not.
/// </summary>
public sealed class BpfMachine : IDisposable
{
    private readonly Dictionary<string, MachineMap> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoadedProgram> _programs = new(StringComparer.Ordinal);

    private BpfMachine(ObjectSpec spec, MachineOptions options) => (Spec, Environment) = (spec, new(options));

    /// <summary>What the object asks for.</summary>
    public ObjectSpec Spec { get; }

    /// <summary>What the programs find around them; may be changed between runs.</summary>
    public MachineEnvironment Environment { get; }

    /// <summary>The time that programs see.</summary>
    public MachineClock Clock => Environment.Clock;

    /// <summary>The maps by name; data sections are maps too.</summary>
    public IReadOnlyDictionary<string, MachineMap> Maps => _maps;

    /// <summary>The programs by name.</summary>
    public IReadOnlyDictionary<string, LoadedProgram> Programs => _programs;

    /// <summary>Creates the maps of an object and loads the programs that want to be loaded.</summary>
    /// <exception cref="InvalidObjectException">A program is not valid, or needs something that the machine does not have.</exception>
    /// <exception cref="BpfException">The kernel would refuse a map.</exception>
    public static BpfMachine Load(ObjectSpec spec, MachineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        options ??= new();
        if (BitConverter.IsLittleEndian != (spec.ByteOrder is Objects.ByteOrder.Little))
            throw new BpfException($"load object '{spec.Name}'", Errno.EINVAL, $"its byte order is {spec.ByteOrder}, not this processor's");
        BpfMachine machine = new(spec, options);
        machine.CreateMaps(options);
        machine.LoadPrograms(options);
        machine.FillSlots();
        return machine;
    }

    /// <summary>Reads an object file and loads it.</summary>
    /// <exception cref="InvalidObjectException">The file is no usable object, or a program needs something that the machine does not have.</exception>
    /// <exception cref="BpfException">The kernel would refuse a map.</exception>
    public static BpfMachine Load(string path, MachineOptions? options = null) => Load(ObjectSpec.ReadFile(path), options);

    /// <summary>A map of the object.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public MachineMap Map(string name) => _maps.TryGetValue(name, out var map)
        ? map
        : throw new ArgumentException($"object '{Spec.Name}' has no map '{name}'; it has {List(_maps.Keys)}", nameof(name));

    /// <summary>A hash map of the object, with types for keys and values.</summary>
    public BpfHashMap<TKey, TValue> HashMap<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged => new(Map(name));

    /// <summary>An array map of the object, with a type for its values.</summary>
    public BpfArray<T> Array<T>(string name)
        where T : unmanaged => new(Map(name));

    /// <summary>A hash map of the object that keeps a value for each CPU, with types for keys and values.</summary>
    public BpfPerCpuHashMap<TKey, TValue> PerCpuHashMap<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged => new(Map(name));

    /// <summary>An array map of the object that keeps a value for each CPU, with a type for its values.</summary>
    public BpfPerCpuArray<T> PerCpuArray<T>(string name)
        where T : unmanaged => new(Map(name));

    /// <summary>A longest-prefix map of the object, with types for addresses and values.</summary>
    public BpfLpmTrie<TAddress, TValue> LpmTrie<TAddress, TValue>(string name)
        where TAddress : unmanaged
        where TValue : unmanaged => new(Map(name));

    /// <summary>A program of the object.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public LoadedProgram Program(string name) => _programs.TryGetValue(name, out var program)
        ? program
        : throw new ArgumentException($"object '{Spec.Name}' has no program '{name}'; it has {List(_programs.Keys)}", nameof(name));

    /// <summary>A global variable of the object. Constants may be changed too; what programs have made of them stays.</summary>
    /// <exception cref="ArgumentException">There is none of that name, or <typeparamref name="T"/> has another size.</exception>
    public unsafe MachineGlobal<T> Global<T>(string name)
        where T : unmanaged
    {
        if (!Spec.Globals.TryGetValue(name, out var global))
            throw new ArgumentException($"object '{Spec.Name}' has no global variable '{name}'; it has {List(Spec.Globals.Keys.Order(StringComparer.Ordinal))}", nameof(name));
        if (sizeof(T) != global.Size)
            throw new ArgumentException($"global variable '{name}' has {global.Size} bytes, but {typeof(T).Name} has {sizeof(T)}", nameof(name));
        return new(Map(global.Map), global);
    }

    /// <summary>Ends the use of the maps.</summary>
    public void Dispose()
    {
        foreach (var map in _maps.Values) map.Dispose();
    }

    private void CreateMaps(MachineOptions options)
    {
        foreach (var map in Spec.Maps)
        {
            if (!map.AutoCreate) continue;
            var completed = map.DataSection is DataSectionKind.Kconfig ? KconfigContents.Fill(Spec, map, options.Kconfig) : map;
            var created = MachineMap.Create(completed, options.CpuCount, Spec.Btf);
            _maps.Add(map.Name, created);
            Environment.Memory.Maps.AddressOf(created);
        }
    }

    private void LoadPrograms(MachineOptions options)
    {
        MachineLinker linker = new(Spec, options, Environment, _maps);
        foreach (var program in Spec.Programs)
        {
            if (program.AutoLoad) _programs.Add(program.Name, new(program, MachineProgram.Load(linker.Link(program))));
        }
    }

    private void FillSlots()
    {
        foreach (var spec in Spec.Maps)
        {
            if (!_maps.TryGetValue(spec.Name, out var map)) continue;
            foreach (var slot in spec.Slots)
            {
                if (spec.Type is MapType.ArrayOfMaps or MapType.HashOfMaps) Fill(map, slot.Key, Map(slot.Target).Id);
                else if (spec.Type is MapType.ProgArray && _programs.TryGetValue(slot.Target, out var program)) Fill(map, slot.Key, program.Id);
            }
        }
    }

    private static void Fill(MachineMap map, uint key, uint value)
    {
        var errno = map.TryUpdate(BitConverter.GetBytes(key), BitConverter.GetBytes(value));
        if (errno is not Errno.None) throw new BpfException($"fill map '{map.Name}'", errno);
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}
