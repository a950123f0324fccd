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
    public static ObjectSpec Compile(Module module) => Compile(module, TargetProfile.Linux618);

    /// <summary>As <see cref="Compile(Module)"/>, for a kernel that may lack what newer ones have: nothing is emitted that it does not know.</summary>
    /// <exception cref="ArgumentException">The module breaks a rule of its form.</exception>
    /// <exception cref="InvalidObjectException">It asks for more than a program may have, or for what the kernel lacks.</exception>
    public static ObjectSpec Compile(Module module, TargetProfile target)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(target);
        if (ModuleChecker.Check(module) is { } problem) throw new ArgumentException(problem, nameof(module));
        PassPipeline.Run(module, target);
        TargetChecker.Check(module, target);
        KernelPaths paths = new(module);
        return ObjectEmitter.Emit(module, [.. module.Functions.Select(f => Generate(f, paths, target))]);
    }

    private static EmittedCode Generate(Function function, KernelPaths paths, TargetProfile target)
    {
        var machine = InstructionSelector.Select(function, paths, target);
        RegisterAllocator.Allocate(machine);
        SlotSharing.Share(machine);
        return CodeEmitter.Emit(machine, target);
    }
}
