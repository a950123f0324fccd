// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Compiler.Relocation;

/// <summary>Something that is asked of the running kernel's types at one instruction.</summary>
internal sealed record KernelSubject(CoreRelocationKind Kind, KernelPath Path)
{
    /// <summary>The answer of the types that the program is compiled with, which the instruction holds until it is loaded.</summary>
    public long LocalAnswer => Kind switch
    {
        CoreRelocationKind.FieldByteOffset => Path.BitOffset / 8,
        CoreRelocationKind.FieldByteSize or CoreRelocationKind.TypeSize => Path.Size,
        CoreRelocationKind.FieldExists or CoreRelocationKind.TypeExists or CoreRelocationKind.EnumValueExists => 1,
        CoreRelocationKind.FieldSigned => Path.Types[Path.Type] is BtfType.Int { Encoding: var x } && (x & IntEncoding.Signed) != 0 || Path.Types[Path.Type] is BtfType.Enum { IsSigned: true } ? 1 : 0,
        CoreRelocationKind.FieldLeftShift or CoreRelocationKind.FieldRightShift => 64 - Bits,
        CoreRelocationKind.EnumValue => (long)((BtfType.Enum)Path.Types[Path.Steps[^1].Holder]).Values[Path.Steps[^1].Index].Value,
        CoreRelocationKind.TypeMatches => 1,
        CoreRelocationKind.TypeIdLocal => Path.Root,
        CoreRelocationKind.TypeIdTarget => 0,
        _ => throw new UnreachableException($"no case for {Kind}"),
    };

    /// <summary>Whether the answer may need more bits than an instruction's constant has.</summary>
    public bool IsWide => Kind is CoreRelocationKind.EnumValue or CoreRelocationKind.TypeIdTarget or CoreRelocationKind.TypeIdLocal;

    private int Bits => Path.BitSize > 0 ? Path.BitSize : Path.Size * 8;

    /// <summary>Why the question cannot be asked of the path, or null.</summary>
    public static string? Problem(CoreRelocationKind kind, KernelPath path, string name)
    {
        bool isEnumerator = path.Steps is [.., var last] && path.Types[last.Holder] is BtfType.Enum;
        return kind switch
        {
            CoreRelocationKind.TypeExists or CoreRelocationKind.TypeSize or CoreRelocationKind.TypeMatches or CoreRelocationKind.TypeIdTarget or CoreRelocationKind.TypeIdLocal => path.Steps.IsEmpty ? null : $"'{name}' is no type",
            CoreRelocationKind.EnumValue or CoreRelocationKind.EnumValueExists => isEnumerator ? null : $"'{name}' is no enumerator",
            _ => path.Steps.IsEmpty || isEnumerator ? $"'{name}' is no field" : null,
        };
    }
}
