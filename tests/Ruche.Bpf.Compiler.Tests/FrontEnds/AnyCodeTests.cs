// SPDX-License-Identifier: MIT
using System.Reflection;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Module = Ruche.Bpf.Compiler.Ir.Module;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>Code that was never meant for the kernel: each method, with all that it calls, is translated or refused, and never ends in a fault.</summary>
public sealed class AnyCodeTests
{
    public static TheoryData<string> Assemblies => [typeof(ObjectSpec).Assembly.Location, typeof(Module).Assembly.Location, typeof(AnyCodeTests).Assembly.Location, typeof(Xunit.Assert).Assembly.Location, typeof(System.Numerics.BigInteger).Assembly.Location];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_method_is_translated_or_refused(string path)
    {
        using AssemblySet assemblies = new(path, CSharpBuild.References);
        TypeCatalog types = new(assemblies);
        int refused = 0;
        foreach (var handle in assemblies.Main.Reader.MethodDefinitions)
        {
            var method = assemblies.Main.Reader.GetMethodDefinition(handle);
            if ((method.Attributes & MethodAttributes.Static) == 0 || method.RelativeVirtualAddress == 0) continue;
            if (method.GetGenericParameters().Count > 0 || assemblies.Main.Reader.GetTypeDefinition(method.GetDeclaringType()).GetGenericParameters().Count > 0) continue;
            DiagnosticBag diagnostics = new();
            MethodInstance instance = new(assemblies.Main, handle, TypeArguments.None);
            var fault = Record.Exception(() => new ObjectTranslator(types, new("any"), diagnostics).TranslateAlone(instance));
            Assert.True(fault is null, $"{instance.FullName}: {fault}");
            if (diagnostics.HasErrors) refused++;
        }

        Assert.True(refused > 30);
    }
}
