// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Features;
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Loading;

/// <summary>Maps that implement a struct of the kernel by programs.</summary>
internal static class StructOpsMap
{
    public static BpfMap Create(MapSpec spec, MapTypeIds types, KernelLookup kernel)
    {
        var layout = StructOpsLayout.Find(spec, kernel);
        // Kernels of the age of 5.10 know none of these structs until they have checked a first program since boot.
        _ = ProgramProbe.Load(ProgramType.SocketFilter, ProgramProbe.ReturnZero);
        var flags = spec.Flags | (layout.Module is null ? MapFlags.None : MapFlags.ValueTypeBtfObjectFd);
        return BpfMap.Create(
            spec with { ValueSize = layout.ValueSize, Flags = flags },
            new(types.Btf, 0, 0, (uint)layout.Wrapper, layout.Module?.Fd));
    }

    /// <summary>The struct and the member that a program implements: what the kernel checks it against.</summary>
    /// <exception cref="BpfException">No map refers to the program, or the kernel's struct has no such member.</exception>
    public static (KernelTarget Struct, int Member) MemberOf(ProgramSpec program, ObjectSpec spec, KernelLookup kernel)
    {
        foreach (var map in spec.Maps)
        {
            if (map.Type is not MapType.StructOps) continue;
            foreach (var slot in map.Slots)
            {
                if (slot.Target != program.Name && slot.Target != program.Entry.Name) continue;
                var layout = StructOpsLayout.Find(map, kernel);
                string name = LocalMember(spec, map, slot).Name;
                int index = layout.IndexOf(name);
                return index >= 0
                    ? (new(layout.Struct, layout.Module), index)
                    : throw new BpfException($"load program '{program.Name}'", Errno.ENOENT, $"'{map.StructOps}' of this kernel has no member '{name}'");
            }
        }

        throw new BpfException($"load program '{program.Name}'", Errno.EINVAL, "no struct_ops map refers to it; do not load it, or use it in one");
    }

    /// <summary>Gives the map its value: the object's, moved to where the kernel's struct has each member.</summary>
    public static void Fill(MapSpec spec, BpfMap map, ObjectSpec source, KernelLookup kernel, IReadOnlyDictionary<string, BpfProgram> programs)
    {
        var layout = StructOpsLayout.Find(spec, kernel);
        byte[] value = new byte[layout.ValueSize];
        var btf = source.Btf!;
        foreach (var member in ((BtfType.Composite)btf[btf.Resolve(spec.ValueType)]).Members)
            Copy(member, btf, spec, layout, value);
        foreach (var slot in spec.Slots)
        {
            if (!programs.TryGetValue(slot.Target, out var program)) continue;
            int offset = layout.Definition.Members[layout.IndexOf(LocalMember(source, spec, slot).Name)].BitOffset / 8;
            BinaryPrimitives.WriteInt64LittleEndian(value.AsSpan(layout.DataOffset + offset), program.Fd.Value);
        }

        map.Update(stackalloc byte[sizeof(int)], value);
    }

    /// <summary>The attachment of a filled map: by a link, which is made now, or by having been filled.</summary>
    public static BpfLink Attach(MapSpec spec, BpfMap map)
    {
        string target = $"struct_ops {spec.StructOps}";
        return spec.IsLinkedStructOps ? map.AttachStructOps(target) : new StructOpsRegistration(map, spec.Name, target);
    }

    private static void Copy(BtfMember member, BtfSpec btf, MapSpec spec, StructOpsLayout layout, byte[] value)
    {
        int index = layout.IndexOf(member.Name);
        if (btf.KindOf(btf.Resolve(member.Type)) is BtfKind.Pointer || !btf.TrySizeOf(member.Type, out int size) || member.BitSize != 0) return;
        var content = spec.Contents.AsSpan().Slice(member.BitOffset / 8, size);
        if (!content.ContainsAnyExcept((byte)0)) return;
        var target = index < 0 ? null : layout.Definition.Members[index];
        string? reason = target is null ? "this kernel's struct has no such member"
            : !layout.Types.TrySizeOf(target.Type, out int room) || room != size ? "it has another size in this kernel's struct"
            : null;
        if (target is null || reason is not null)
            throw new BpfException($"fill struct_ops map '{spec.Name}'", Errno.EINVAL, $"member '{member.Name}' is set, but {reason}");
        content.CopyTo(value.AsSpan(layout.DataOffset + (target.BitOffset / 8)));
    }

    private static BtfMember LocalMember(ObjectSpec source, MapSpec map, MapSlot slot)
    {
        var btf = source.Btf!;
        foreach (var member in ((BtfType.Composite)btf[btf.Resolve(map.ValueType)]).Members)
        {
            if (member.BitOffset == slot.Key * 8) return member;
        }

        throw new BpfException($"fill struct_ops map '{map.Name}'", Errno.EINVAL, $"'{map.StructOps}' of the object has no member at {slot.Key}");
    }
}
