// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Objects.Specs;

public sealed partial record ObjectSpec
{
    /// <summary>The map of that name, or null.</summary>
    public MapSpec? Map(string name) => Maps.FirstOrDefault(m => m.Name == name);

    /// <summary>The program of that name, or null.</summary>
    public ProgramSpec? Program(string name) => Programs.FirstOrDefault(p => p.Name == name);

    /// <summary>The same object with one map changed.</summary>
    /// <exception cref="ArgumentException">There is no such map.</exception>
    public ObjectSpec WithMap(string name, Func<MapSpec, MapSpec> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var map = Map(name) ?? throw new ArgumentException($"object '{Name}' has no map '{name}'; it has {List(Maps.Select(m => m.Name))}", nameof(name));
        return this with { Maps = Maps.Replace(map, change(map)) };
    }

    /// <summary>The same object with one program changed.</summary>
    /// <exception cref="ArgumentException">There is no such program.</exception>
    public ObjectSpec WithProgram(string name, Func<ProgramSpec, ProgramSpec> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var program = Program(name)
            ?? throw new ArgumentException($"object '{Name}' has no program '{name}'; it has {List(Programs.Select(p => p.Name))}", nameof(name));
        return this with { Programs = Programs.Replace(program, change(program)) };
    }

    /// <summary>The same object with another initial value of a global variable, constant or <c>__kconfig</c> extern.</summary>
    /// <exception cref="ArgumentException">There is no such global, or it is smaller than the value.</exception>
    public ObjectSpec WithGlobal(string name, ReadOnlySpan<byte> value)
    {
        var global = GlobalNamed(name);
        if (value.Length > global.Size)
            throw new ArgumentException($"global '{name}' has {global.Size} bytes, the value has {value.Length}", nameof(value));
        var map = Map(global.Map) ?? throw new ArgumentException($"global '{name}' is in '{global.Map}', which the object does not have", nameof(name));
        byte[] contents = new byte[map.ValueSize];
        map.Contents.AsSpan().CopyTo(contents);
        var place = contents.AsSpan(global.Offset, global.Size);
        place.Clear();
        value.CopyTo(place);
        return this with { Maps = Maps.Replace(map, map with { Contents = ImmutableCollectionsMarshal.AsImmutableArray(contents) }) };
    }

    /// <summary>The same object with another initial value of a global; a number of exactly the global's size is put in the object's
    /// byte order.</summary>
    /// <exception cref="ArgumentException">There is no such global, or it has another size.</exception>
    public ObjectSpec WithGlobal<T>(string name, T value)
        where T : unmanaged
    {
        byte[] copy = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
        var global = GlobalNamed(name);
        if (copy.Length != global.Size)
            throw new ArgumentException($"global '{name}' has {global.Size} bytes, {typeof(T).Name} has {copy.Length}", nameof(value));
        if (BitConverter.IsLittleEndian != (ByteOrder is ByteOrder.Little) && value is IConvertible) copy.AsSpan().Reverse();
        return WithGlobal(name, copy);
    }

    private GlobalSpec GlobalNamed(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Globals.TryGetValue(name, out var global)
            ? global
            : throw new ArgumentException($"object '{Name}' has no global '{name}'; it has {List(Globals.Keys.Order(StringComparer.Ordinal))}", nameof(name));
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}
