// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <summary>A method with a choice of type arguments.</summary>
internal sealed record MethodInstance(MetadataAssembly Assembly, MethodDefinitionHandle Handle, TypeArguments Arguments)
{
    public MethodDefinition Definition => Assembly.Reader.GetMethodDefinition(Handle);

    public string Name => Assembly.Reader.GetString(Definition.Name);

    public string DeclaringType => Assembly.FullNameOf(Definition.GetDeclaringType());

    /// <summary>The name for people: of a local function, the one that was written.</summary>
    public string FullName => $"{DeclaringType}.{Written(Name)}";

    private static string Written(string name) => name.IndexOf(">g__", StringComparison.Ordinal) is > 0 and var start && name.IndexOf('|', start) is > 0 and var end ? name[(start + 4)..end] : name;

    /// <summary>One text for each method and choice.</summary>
    public string Key => $"{Assembly.Name}!{System.Reflection.Metadata.Ecma335.MetadataTokens.GetToken(Handle):x}{Arguments}";
}
