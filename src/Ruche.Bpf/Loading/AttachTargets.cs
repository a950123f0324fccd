// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Loading;

/// <summary>Finds the kernel type that a program must name when it is loaded.</summary>
internal static class AttachTargets
{
    /// <summary>The type; none for programs that do not need one.</summary>
    /// <exception cref="BpfException">ENOENT: the kernel has no such function or trace point.</exception>
    public static KernelTarget Find(ProgramSpec program, AttachTarget? chosen, KernelLookup kernel)
    {
        if (Naming(program.Attach) is not { } naming) return default;
        string name = chosen?.Function ?? program.AttachTarget;
        string operation = $"load program '{program.Name}'";
        if (name.Length == 0)
            throw new BpfException(operation, Errno.EINVAL, $"its section '{program.Section}' does not say which {naming.What} to attach to; choose one");
        if (chosen?.Program is { } loaded) return new(FunctionOf(loaded, name, operation), null);
        if (program.Attach is AttachKind.Freplace)
            throw new BpfException(operation, Errno.EINVAL, $"it replaces function '{name}' of a loaded program; choose the program");

        // "module:function" names the module, since several may have functions of a name.
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string? module = colon > 0 ? name[..colon] : null;
        name = name[(colon + 1)..];
        var found = kernel.Find(naming.Kind, naming.Prefix + name, module);
        if (found.IsFound) return found;
        string? question = kernel.Nearest(naming.Kind, name, naming.Prefix);
        throw new BpfException(operation, Errno.ENOENT,
            $"{(module is null ? "this kernel" : $"module '{module}'")} has no {naming.What} '{name}'{(question is null ? "" : $"; {question}")}");
    }

    private static TargetNaming? Naming(AttachKind kind) => kind switch
    {
        AttachKind.BtfTracepoint => new(BtfKind.Typedef, "btf_trace_", "trace point"),
        AttachKind.Fentry or AttachKind.Fexit or AttachKind.ModifyReturn or AttachKind.FunctionSession or AttachKind.Freplace =>
            new(BtfKind.Function, "", "function"),
        AttachKind.Lsm or AttachKind.LsmCgroup => new(BtfKind.Function, "bpf_lsm_", "security hook"),
        AttachKind.Iterator => new(BtfKind.Function, "bpf_iter_", "iterator"),
        _ => null,
    };

    private static int FunctionOf(BpfProgram program, string function, string operation)
    {
        uint id = program.GetInfo().BtfId;
        if (id == 0) throw new BpfException(operation, Errno.EINVAL, $"program '{program.Name}' was loaded without types, so its functions have no names");
        using var fd = KernelObject.TryOpen(BpfCommand.BtfGetFdById, id, operation)
            ?? throw new BpfException(operation, Errno.ENOENT, $"the types of program '{program.Name}' are gone");
        return BtfSpec.Read(ModuleTypes.ReadImage(fd)).TryFind(BtfKind.Function, function, out int type)
            ? type
            : throw new BpfException(operation, Errno.ENOENT, $"program '{program.Name}' has no function '{function}'");
    }

    private readonly record struct TargetNaming(BtfKind Kind, string Prefix, string What);
}
