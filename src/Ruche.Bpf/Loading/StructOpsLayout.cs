// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Loading;

/// <summary>The kernel's struct behind a struct_ops map, and the wrapper in which the map's value holds it.</summary>
/// <param name="Types">The types that the ids count in.</param>
/// <param name="Module">The module that defines the struct; null for the kernel itself.</param>
/// <param name="Struct">The struct's id.</param>
/// <param name="Wrapper">The wrapper's id.</param>
/// <param name="DataOffset">Where the struct lies in the wrapper.</param>
internal sealed record StructOpsLayout(BtfSpec Types, ModuleTypes? Module, int Struct, int Wrapper, int DataOffset)
{
    private const string WrapperPrefix = "bpf_struct_ops_";

    /// <summary>The size of the map's value.</summary>
    public int ValueSize => Types.SizeOf(Wrapper);

    /// <summary>The struct's members.</summary>
    public BtfType.Composite Definition => (BtfType.Composite)Types[Struct];

    /// <exception cref="BpfException">ENOENT: the kernel has no such struct, or does not let programs implement it.</exception>
    public static StructOpsLayout Find(MapSpec map, KernelLookup kernel)
    {
        string name = map.StructOps ?? "";
        var wrapper = kernel.Find(BtfKind.Struct, WrapperPrefix + name);
        string operation = $"create struct_ops map '{map.Name}'";
        if (!wrapper.IsFound) throw new BpfException(operation, Errno.ENOENT, $"this kernel lets no program implement '{name}'");
        var types = wrapper.Module?.Types ?? kernel.Kernel;
        foreach (var member in ((BtfType.Composite)types[wrapper.Id]).Members)
        {
            int type = types.Resolve(member.Type);
            if (types.NameOf(type) == name) return new(types, wrapper.Module, type, wrapper.Id, member.BitOffset / 8);
        }

        throw new BpfException(operation, Errno.EINVAL, $"'{WrapperPrefix}{name}' of this kernel does not hold a '{name}'");
    }

    /// <summary>The index of a member by name; -1 when the kernel's struct has none of that name.</summary>
    public int IndexOf(string member)
    {
        var members = Definition.Members;
        for (int i = 0; i < members.Length; i++)
        {
            if (members[i].Name == member) return i;
        }

        return -1;
    }
}
