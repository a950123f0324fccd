// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Build;

/// <summary>From an assembly to objects that the chosen kernels will take: read, compile, verify.</summary>
internal sealed class ObjectBuild(DiagnosticBag diagnostics)
{
    /// <summary>A file with the types of a kernel; empty when there is none.</summary>
    public string KernelTypes { get; init; } = "";

    /// <summary>Whether kernels' verdicts are predicted.</summary>
    public bool Verifies { get; init; } = true;

    /// <summary>The objects of an assembly; what is wrong with them is in the diagnostics.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Image)> Run(string assembly, IReadOnlyList<string> references, string floor)
    {
        if (BpfKernel.Find(floor) is not { } kernel)
        {
            diagnostics.Error(BuildDiagnostics.Kernel, $"'{floor}' is no kernel that programs can be built for", Location.Unknown, $"set BpfKernelFloor to one of {string.Join(", ", BpfKernel.All)}");
            return [];
        }

        List<(string, ReadOnlyMemory<byte>)> objects = [];
        var types = ReadTypes();
        foreach (var module in CSharpCompiler.Read(assembly, references, diagnostics))
        {
            if (Compile(module, kernel) is not { } spec) continue;
            objects.Add((module.Name, spec.Write()));
            if (Verifies) new ObjectVerification(diagnostics, types).Verify(spec, kernel);
        }

        return objects;
    }

    private ObjectSpec? Compile(Module module, BpfKernel kernel)
    {
        try
        {
            return BpfCompiler.Compile(module, kernel.Target);
        }
        catch (InvalidObjectException exception)
        {
            foreach (var diagnostic in exception.Diagnostics) diagnostics.Report(diagnostic);
            return null;
        }
    }

    private BtfSpec? ReadTypes()
    {
        if (KernelTypes.Length == 0) return null;
        if (!File.Exists(KernelTypes)) return Refuse("it is not there");
        try
        {
            return BtfSpec.Read(File.ReadAllBytes(KernelTypes), name: KernelTypes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidObjectException)
        {
            return Refuse(exception.Message);
        }
    }

    private BtfSpec? Refuse(string why)
    {
        diagnostics.Error(BuildDiagnostics.KernelTypes, $"'{KernelTypes}' has no types of a kernel: {why}", Location.Unknown, "set BpfKernelTypes to a file like /sys/kernel/btf/vmlinux, or to nothing");
        return null;
    }
}
