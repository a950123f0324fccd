// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>Where a program's parameters come from; as <c>Ruche.Bpf.Kernel.Lowering.ArgumentSource</c> numbers them.</summary>
internal enum ArgumentSource
{
    Context,
    TypedWords,
    Words,
    Registers,
    ReturnRegister,
    UserRegisters,
    UserReturnRegister,
    SyscallRegisters,
    Function,
}

/// <summary>What an attribute on a method says of the program.</summary>
internal sealed record ProgramMark(string Section, ArgumentSource Arguments)
{
    private const string SectionMark = "Ruche.Bpf.Kernel.Lowering.SectionAttribute";

    /// <summary>Whether the kernel looks at all 64 bits of what the program returns.</summary>
    public bool ReturnsWord => Section.StartsWith("lsm", StringComparison.Ordinal) || Section.StartsWith("fmod_ret", StringComparison.Ordinal) || IsStructOps;

    /// <summary>Whether the program is a function in a table of the kernel.</summary>
    public bool IsStructOps => Section.StartsWith("struct_ops", StringComparison.Ordinal);

    /// <summary>Null when the attribute marks no programs.</summary>
    public static ProgramMark? Read(AttributeMark mark, TypeCatalog types)
    {
        if (types.DefinitionOf(mark.Assembly, mark.Type, TypeArguments.None) is not { } type) return null;
        if (AttributeMarks.Find(type.Assembly, type.Definition.GetCustomAttributes(), SectionMark) is not { } section) return null;
        string name = (string)section.Arguments[0]!;
        for (int i = 0; i < 3; i++)
        {
            string hole = $"{{{i}}}";
            if (i < mark.Arguments.Length && mark.Arguments[i] is { } given) name = name.Replace(hole, System.Convert.ToString(given, System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            else name = name.Replace($"/{hole}", "", StringComparison.Ordinal).Replace($":{hole}", "", StringComparison.Ordinal);
        }

        int slash = name.IndexOf('/', StringComparison.Ordinal);
        string kind = slash < 0 ? name : name[..slash];
        string suffix = $"{(mark.Is("IsSleepable") ? ".s" : "")}{(mark.Is("HasFragments") ? ".frags" : "")}";
        return new(kind + suffix + name[kind.Length..], (ArgumentSource)section.Number("Arguments"));
    }
}
