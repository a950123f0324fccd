// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Bpf.Programs;

namespace Ruche.Cli.Bpf.StructOps;

/// <summary>In a struct of the kernel whose functions are programs, the kernel puts their ids where the pointers would be.</summary>
internal static class ProgramPointers
{
    /// <summary>The value with <c>name/prog_id:7</c> in the place of each such pointer.</summary>
    public static BtfValue Name(BtfSpec types, int type, BtfValue value) => (value, types[types.Resolve(type)]) switch
    {
        (BtfValue.Pointer { Address: > 0 } pointer, BtfType.Pointer { Target: var target }) when types[types.Resolve(target)] is BtfType.FunctionPrototype =>
            new BtfValue.Enumerated(Text((uint)pointer.Address), pointer.Address),
        (BtfValue.Composite composite, BtfType.Composite { Members: var members }) =>
            composite with { Fields = [.. composite.Fields.Select((field, i) => field with { Value = Name(types, members[i].Type, field.Value) })] },
        _ => value,
    };

    private static string Text(uint id)
    {
        using BpfProgram? program = BpfProgram.TryOpenById(id);
        return $"{program?.Name}/prog_id:{id}";
    }
}
