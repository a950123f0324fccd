// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Loading;

public sealed partial class BpfObject
{
    /// <summary>
    /// A global variable. Before the object is prepared this is its initial value, constants included; afterwards the live one,
    /// which constants refuse to have changed.
    /// </summary>
    /// <exception cref="ArgumentException">There is none of that name, or <typeparamref name="T"/> has another size.</exception>
    public GlobalVariable<T> Global<T>(string name)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(Phase is ObjectPhase.Disposed, this);
        if (!Spec.Globals.TryGetValue(name, out var global))
            throw new ArgumentException($"object '{Name}' has no global variable '{name}'; it has {List(Spec.Globals.Keys.Order(StringComparer.Ordinal))}");
        if (Unsafe.SizeOf<T>() != global.Size)
            throw new ArgumentException($"global variable '{name}' has {global.Size} bytes, but {typeof(T).Name} has {Unsafe.SizeOf<T>()}");
        return new(this, global);
    }

    /// <summary>Copies a global variable's bytes.</summary>
    internal void ReadGlobal(GlobalSpec global, Span<byte> target)
    {
        if (Phase is ObjectPhase.Opened) InitialContent(global).CopyTo(target);
        else if (Mapped(global.Map) is { } mapped) mapped[0].Slice(global.Offset, global.Size).CopyTo(target);
        else ReadThroughCalls(global).AsSpan(global.Offset, global.Size).CopyTo(target);
    }

    /// <summary>Changes a global variable's bytes.</summary>
    internal void WriteGlobal(GlobalSpec global, ReadOnlySpan<byte> source)
    {
        if (Phase is ObjectPhase.Opened)
        {
            source.CopyTo(InitialContent(global));
        }
        else if (IsConstant(global))
        {
            throw new InvalidOperationException($"global variable '{global.Name}' is constant; set it before object '{Name}' is prepared");
        }
        else if (Mapped(global.Map) is { } mapped)
        {
            source.CopyTo(mapped.Edit(0)[global.Offset..]);
        }
        else
        {
            byte[] section = ReadThroughCalls(global);
            source.CopyTo(section.AsSpan(global.Offset));
            Map(global.Map).Update(stackalloc byte[sizeof(int)], section);
        }
    }

    private bool IsConstant(GlobalSpec global) =>
        Section(global).DataSection is DataSectionKind.ReadOnlyData or DataSectionKind.Kconfig;

    private MapSpec Section(GlobalSpec global) => Spec.Maps.First(m => m.Name == global.Map);

    private Span<byte> InitialContent(GlobalSpec global)
    {
        if (!_contents.TryGetValue(global.Map, out byte[]? content))
        {
            content = InitialContent(Section(global));
            _contents.Add(global.Map, content);
        }

        return content.AsSpan(global.Offset, global.Size);
    }

    private byte[] InitialContent(MapSpec section)
    {
        if (section.DataSection is DataSectionKind.Kconfig) return KernelValues.Fill(Spec, section.ValueSize, _options.Kconfig);
        byte[] content = new byte[section.ValueSize];
        section.Contents.AsSpan().CopyTo(content);
        return content;
    }

    /// <summary>The section's memory; null when its map cannot be mapped.</summary>
    private MappedValues? Mapped(string name)
    {
        if (_mapped.TryGetValue(name, out var mapped)) return mapped;
        var map = Map(name);
        if (!map.Flags.HasFlag(MapFlags.MemoryMapped)) return null;
        bool isConstant = Spec.Maps.First(m => m.Name == name).DataSection is DataSectionKind.ReadOnlyData or DataSectionKind.Kconfig;
        mapped = map.MapValues(writable: !isConstant);
        _mapped.Add(name, mapped);
        return mapped;
    }

    private byte[] ReadThroughCalls(GlobalSpec global)
    {
        var map = Map(global.Map);
        byte[] section = new byte[map.ValueSize];
        _ = map.TryLookup(stackalloc byte[sizeof(int)], section);
        return section;
    }
}
