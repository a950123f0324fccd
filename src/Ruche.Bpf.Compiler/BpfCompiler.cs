// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Allocation;
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Emission;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Relocation;
using Ruche.Bpf.Compiler.Passes;
using Ruche.Bpf.Compiler.Selection;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler;

/// <summary>Compiles modules to eBPF.</summary>
public static class BpfCompiler
{
    /// <summary>Compiles a module to an object, ready to be loaded, run in process, or written as a file. The module's functions are changed on the way.</summary>
    /// <exception cref="ArgumentException">The module breaks a rule of its form.</exception>
    /// <exception cref="InvalidObjectException">It asks for more than a program may have.</exception>
    public static ObjectSpec Compile(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (ModuleChecker.Check(module) is { } problem) throw new ArgumentException(problem, nameof(module));
        PassPipeline.Run(module);
        KernelPaths paths = new(module);
        return ObjectEmitter.Emit(module, [.. module.Functions.Select(f => (f, Generate(f, paths)))]);
    }

    private static EmittedCode Generate(Function function, KernelPaths paths)
    {
        var machine = InstructionSelector.Select(function, paths);
        RegisterAllocator.Allocate(machine);
        return CodeEmitter.Emit(machine);
    }
}
