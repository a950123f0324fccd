// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp;

/// <summary>Reads kernel programs out of an assembly of C#: one module for each class that is marked as an object.</summary>
public static class CSharpCompiler
{
    private const string ObjectMark = "Ruche.Bpf.Kernel.BpfObjectAttribute";

    /// <summary>Reads the objects of an assembly.</summary>
    /// <param name="path">The assembly. Its symbols, beside it or in it, give the lines.</param>
    /// <param name="references">The assemblies that it refers to.</param>
    /// <param name="diagnostics">What is wrong with it, at its lines.</param>
    /// <returns>The modules; those with errors are left out.</returns>
    public static ImmutableArray<Module> Read(string path, IEnumerable<string> references, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(diagnostics);
        try
        {
            using AssemblySet assemblies = new(path, references);
            return Read(assemblies, diagnostics);
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException)
        {
            diagnostics.Error(CSharpDiagnostics.Assembly, $"'{Path.GetFileName(path)}' is no assembly that can be read: {exception.Message}", Location.Unknown, "build the project first");
            return [];
        }
    }

    private static ImmutableArray<Module> Read(AssemblySet assemblies, DiagnosticBag diagnostics)
    {
        var modules = ImmutableArray.CreateBuilder<Module>();
        TypeCatalog types = new(assemblies);
        foreach (var handle in assemblies.Main.Reader.TypeDefinitions)
        {
            var type = assemblies.Main.Reader.GetTypeDefinition(handle);
            if (AttributeMarks.Find(assemblies.Main, type.GetCustomAttributes(), ObjectMark) is not { } mark)
            {
                ReportStray(types, assemblies.Main, type, diagnostics);
                continue;
            }

            string name = mark.Text("Name") ?? Names.SnakeCase(assemblies.Main.Reader.GetString(type.Name));
            Module module = new(name) { License = mark.Text("License") ?? "Dual MIT/GPL" };
            int before = diagnostics.Items.Count;
            new ObjectTranslator(types, module, diagnostics).Translate(assemblies.Main, type);
            if (diagnostics.Items.Count == before) modules.Add(module);
        }

        if (modules.Count == 0 && !diagnostics.HasErrors) diagnostics.Error(CSharpDiagnostics.Assembly, $"'{assemblies.Main.Name}' has no object", Location.Unknown, "mark a static class with [BpfObject]");
        return modules.DrainToImmutable();
    }

    private static void ReportStray(TypeCatalog types, MetadataAssembly assembly, TypeDefinition type, DiagnosticBag diagnostics)
    {
        foreach (var handle in type.GetMethods())
        {
            if (!AttributeMarks.Of(assembly, assembly.Reader.GetMethodDefinition(handle).GetCustomAttributes()).Any(m => ProgramMark.Read(m, types) is not null)) continue;
            var refusal = DeclarationRefusals.NoObject(new MethodInstance(assembly, handle, TypeArguments.None).FullName);
            var line = DeclarationLines.OfMethod(assembly, handle);
            diagnostics.Error(refusal.Id, refusal.Message, line is null ? Location.Unknown : new Location.Text(line.File, line.Line, line.Column), refusal.Advice);
        }
    }
}
