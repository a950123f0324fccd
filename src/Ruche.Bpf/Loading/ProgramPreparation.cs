// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Loading;

/// <summary>Turns the programs of one object into what the kernel takes: fits them to its types, and fills in maps and symbols.</summary>
internal sealed class ProgramPreparation(
    ObjectSpec spec, KernelLookup kernel, SymbolTable symbols, IReadOnlyDictionary<string, BpfMap> maps, BpfFd? types)
{
    /// <summary>A call that no kernel has, in place of a kernel function that this kernel lacks; the program must not reach it.</summary>
    private const int MissingCall = 2_002_000_000;

    private readonly CoreRelocator? _relocator = spec.Btf is { } btf ? new(btf, () => kernel) : null;

    /// <summary>Prepares one program.</summary>
    /// <exception cref="BpfException">Its type is unknown, or its attach target is missing.</exception>
    public ProgramImage Prepare(ProgramSpec program, AttachTarget? chosen)
    {
        if (program.Type is ProgramType.Unspec)
        {
            throw new BpfException($"load program '{program.Name}'", Errno.EINVAL,
                $"its section '{program.Section}' does not say what it is; name the section after a program type, or do not load it");
        }

        var linked = ProgramLinker.Link(program, spec);
        var relocated = _relocator?.Relocate(linked) ?? new(linked.Instructions, []);
        var code = relocated.Instructions.AsSpan().ToArray();
        List<BpfFd?> modules = [null];
        Dictionary<int, string>? missing = null;
        foreach (var reference in linked.References) Patch(code, reference, modules, ref missing);

        var target = AttachTargets.Find(program, chosen, kernel);
        var attachType = AttachTypeOf(program);
        if (program.Attach is AttachKind.StructOps)
        {
            (target, int member) = StructOpsMap.MemberOf(program, spec, kernel);
            attachType = (AttachType)member;
        }

        return new()
        {
            Name = program.Name,
            Type = program.Type,
            AttachType = attachType,
            Instructions = code,
            License = spec.License,
            KernelVersion = spec.KernelVersion,
            Flags = program.Flags,
            Btf = types,
            Functions = linked.Functions,
            Lines = linked.Lines,
            AttachTypeId = target.Id,
            AttachModule = target.Module?.Fd,
            AttachProgram = chosen?.Program,
            Modules = modules.Count > 1 ? [.. modules] : [],
            Spec = program,
            SourceOf = slot => SourceOf(linked, slot),
            MissingAt = slot => relocated.FailureAt(slot)?.ToString() ?? missing?.GetValueOrDefault(slot),
        };
    }

    private void Patch(Instruction[] code, Reference reference, List<BpfFd?> modules, ref Dictionary<int, string>? missing)
    {
        int slot = reference.Slot;
        switch (reference)
        {
            case Reference.Map x:
                code[slot] = code[slot].WithSource((Register)WideSource.MapDescriptor).WithImmediate(MapOf(x.Name).Fd.Value);
                code[slot + 1] = code[slot + 1].WithImmediate(0);
                break;
            case Reference.MapValue x:
                code[slot] = code[slot].WithSource((Register)WideSource.MapValue).WithImmediate(MapOf(x.Name).Fd.Value);
                code[slot + 1] = code[slot + 1].WithImmediate(x.Offset);
                break;
            case Reference.KernelCall x:
                PatchCall(code, slot, x.Name, modules, ref missing);
                break;
            case Reference.JumpTable x:
                throw new BpfException($"load object '{spec.Name}'", Errno.EOPNOTSUPP, $"a program jumps through table '{x.Name}', and jump tables are not made yet; compile with -fno-jump-tables");
            case Reference.KernelVariable x:
                PatchAddress(code, slot, symbols[x.Name]);
                break;
        }
    }

    private void PatchCall(Instruction[] code, int slot, string name, List<BpfFd?> modules, ref Dictionary<int, string>? missing)
    {
        var target = symbols[name].Target;
        if (!target.IsFound)
        {
            code[slot] = new(code[slot].Opcode, Register.R0, (Register)CallKind.Helper, 0, MissingCall);
            (missing ??= [])[slot] = $"this kernel has no function '{name}', and the program calls it";
            return;
        }

        int index = 0;
        if (target.Module is { } module)
        {
            index = modules.IndexOf(module.Fd);
            if (index < 0)
            {
                index = modules.Count;
                modules.Add(module.Fd);
            }
        }

        code[slot] = code[slot].WithSource((Register)CallKind.Kernel).WithOffset((short)index).WithImmediate(target.Id);
    }

    /// <summary>A missing weak symbol has the address zero.</summary>
    private static void PatchAddress(Instruction[] code, int slot, ResolvedSymbol symbol)
    {
        var (low, high, source) = symbol.Target.IsFound
            ? (symbol.Target.Id, symbol.Target.Module?.Fd.Value ?? 0, WideSource.KernelVariable)
            : ((int)symbol.Address, (int)(symbol.Address >> 32), WideSource.Value);
        code[slot] = code[slot].WithSource((Register)source).WithImmediate(low);
        code[slot + 1] = code[slot + 1].WithImmediate(high);
    }

    private BpfMap MapOf(string name) => maps.TryGetValue(name, out var map)
        ? map
        : throw new BpfException($"load object '{spec.Name}'", Errno.ENOENT, $"a program uses map '{name}', which was not created");

    /// <summary>
    /// Where tc programs run is said when they are attached; older kernels do not know the attach types. Nor do they know one link for many
    /// probes: programs meant for that are loaded as others, and attached to each place.
    /// </summary>
    private static AttachType? AttachTypeOf(ProgramSpec program) => program switch
    {
        { Type: ProgramType.SchedCls or ProgramType.SchedAct } => null,
        // One link for all places of a static trace point, where the kernel has such links.
        { Attach: AttachKind.Usdt } when KernelFeatures.UprobeMulti.Ask() is Support.Yes => AttachType.TraceUprobeMulti,
        { Attach: AttachKind.UprobeMulti or AttachKind.UretprobeMulti } when KernelFeatures.UprobeMulti.Ask() is Support.No => null,
        { Attach: AttachKind.KprobeMulti or AttachKind.KretprobeMulti } when KernelFeatures.KprobeMulti.Ask() is Support.No => null,
        _ => program.AttachType,
    };

    private SourceLine? SourceOf(LinkedProgram linked, int slot)
    {
        if (spec.Btf is not { } btf || linked.Lines.IsEmpty) return null;
        LineInfo? found = null;
        foreach (var line in linked.Lines)
        {
            if (line.Slot > slot) break;
            found = line;
        }

        return found is { } last ? new(btf.StringAt(last.File), last.Line, btf.StringAt(last.Text).Trim().TrimEnd(';')) : null;
    }
}
