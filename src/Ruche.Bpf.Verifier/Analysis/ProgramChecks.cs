// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Prototypes;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>What can be seen wrong with a program before any value is known.</summary>
internal static class ProgramChecks
{
    private const int MaxMaps = 64;
    private const int MaxFunctions = 256;

    /// <summary>Checks form, maps and the attach target.</summary>
    public static void Check(VerifierProgram program, VerifierOptions options)
    {
        DiagnosticBag diagnostics = new();
        InstructionValidator.Validate(program.Instructions.AsSpan(), diagnostics, new());
        // A write to the frame pointer is a matter of the paths that reach it.
        if (diagnostics.Items.FirstOrDefault(d => !IsFramePointerWrite(program, d)) is { } finding)
            throw new RejectedException(VerifierRules.Structure, finding.Message);
        FeatureChecks.Check(program, options.Kernel);
        CheckKind(program, options);
        foreach (var map in program.Maps.Values.Distinct()) CheckMap(program, map, options.Kernel);
        int maps = program.Maps.Values.Distinct().Count();
        if (maps > MaxMaps) throw new RejectedException(VerifierRules.Feature, $"the program uses {maps} maps, and {MaxMaps} are allowed");
    }

    private static bool IsFramePointerWrite(VerifierProgram program, Diagnostic finding) =>
        finding.Where is Location.Image { Offset: var at } && program.Instructions[(int)(at / Instruction.Size)] is { Destination: Register.R10, Source: <= Register.R10, IsJumpClass: false };

    private static void CheckKind(VerifierProgram program, VerifierOptions options)
    {
        if (program.IsSleepable && !MaySleep(program, options.Kernel))
            throw new RejectedException(VerifierRules.AttachTarget, "only fentry, fexit, fmod_ret, LSM, iterator, uprobe, struct_ops and syscall programs may sleep");
        if (program.Type is ProgramType.Tracing or ProgramType.Lsm && program.AttachTarget.Length == 0)
            throw new RejectedException(VerifierRules.AttachTarget, "a tracing program must say which function or tracepoint it is for");
        if (program.Type is ProgramType.Tracing or ProgramType.Lsm && options.KernelTypes is not null) CheckTarget(program, options);
        if (program.Type is ProgramType.StructOps && !program.IsGplCompatible)
            throw new RejectedException(VerifierRules.HelperAvailable, "struct_ops programs must be under a GPL-compatible licence");
        if (program.IsSleepable && program.AttachTarget.StartsWith("bpf_dummy_ops:", StringComparison.Ordinal) && program.AttachTarget is not "bpf_dummy_ops:test_sleepable")
            throw new RejectedException(VerifierRules.AttachTarget, "only test_sleepable of bpf_dummy_ops may sleep");
        if (program.Type is ProgramType.StructOps && UnsupportedMembers.Contains(program.AttachTarget))
            throw new RejectedException(VerifierRules.AttachTarget, $"the kernel takes no program for {program.AttachTarget.Replace(':', '.')}");
    }

    private static void CheckTarget(VerifierProgram program, VerifierOptions options)
    {
        string target = program.AttachTarget;
        bool isOfModule = target.Contains(':', StringComparison.Ordinal);
        if (!isOfModule && AttachedFunction.Find(program, options.KernelTypes) is null)
        {
            throw new RejectedException(VerifierRules.AttachTarget, $"the kernel's types have no {What(program)} '{target}'",
                advice: "check the name; functions of modules are found by a name such as 'module:function'");
        }

        if (program.Attach is AttachType.ModifyReturn && !AttachedFunction.IsModifiable(target, options.KernelTypes!, options.Kernel))
            throw new RejectedException(VerifierRules.AttachTarget, $"what {target}() returns cannot be changed: this kernel has no error injection, and it is no security hook");
        if (program is { Type: ProgramType.Tracing, IsSleepable: true, Attach: not AttachType.TraceIter } && !AttachedFunction.MaySleep(target, options.KernelTypes!, options.Kernel))
            throw new RejectedException(VerifierRules.AttachTarget, $"programs at {target}() may not sleep: this kernel has no error injection");
        if (program.Attach is AttachType.TraceFexit or AttachType.ModifyReturn && AttachedFunction.NeverReturns(target))
            throw new RejectedException(VerifierRules.AttachTarget, $"{target}() never returns, so nothing can be attached to its end");
        if (program.Type is not ProgramType.Lsm) return;
        if (options.Kernel.Has(6, 2) && LsmHooks.IsClosed(target)) throw new RejectedException(VerifierRules.AttachTarget, $"no program may be attached to the hook '{target}'");
        bool maySleep = options.Kernel.Has(5, 11) ? LsmHooks.MaySleep(target) && (options.Kernel.Has(6, 18) || !target.StartsWith("bdev_", StringComparison.Ordinal)) : target is "bprm_committed_creds";
        if (program.IsSleepable && !maySleep) throw new RejectedException(VerifierRules.AttachTarget, $"programs at the hook '{target}' may not sleep");
    }

    private static string What(VerifierProgram program) => program switch
    {
        { Type: ProgramType.Lsm } => "security hook",
        { Attach: AttachType.TraceRawTp } => "tracepoint",
        { Attach: AttachType.TraceIter } => "iterator",
        _ => "function",
    };

    private static readonly string[] UnsupportedMembers =
    [
        "tcp_congestion_ops:get_info",
    ];

    private static bool MaySleep(VerifierProgram program, KernelProfile kernel) => program.Type switch
    {
        ProgramType.Tracing => program.Attach is AttachType.TraceFentry or AttachType.TraceFexit or AttachType.ModifyReturn or AttachType.TraceIter or AttachType.TraceFsession,
        ProgramType.Lsm => program.Attach is not AttachType.LsmCgroup || !kernel.Has(6, 18),
        ProgramType.StructOps or ProgramType.Syscall or ProgramType.Kprobe => true,
        ProgramType.Tracepoint or ProgramType.RawTracepoint => kernel.Has(7, 0),
        _ => false,
    };

    /// <summary>Checks that all code can be reached.</summary>
    public static void CheckFlow(VerifierProgram program, ProgramFlow flow, KernelProfile kernel)
    {
        if (!kernel.Has(6, 7) && flow.FindFallThroughLoop() is { } back)
            throw new RejectedException(VerifierRules.Structure, $"instruction {back} leads back into a loop without a jump, which kernels before 6.7 do not follow", slot: back);
        if (flow.FunctionStarts.Count > MaxFunctions) throw new RejectedException(VerifierRules.Feature, $"the program has {flow.FunctionStarts.Count} functions, and {MaxFunctions} are allowed");
        CheckAbnormalReturns(program, flow);
        CheckScattered(program, flow);
        for (int slot = 0; slot < program.Instructions.Length; slot++)
        {
            if (!flow.Reachable[slot]) throw new RejectedException(VerifierRules.Structure, $"instruction {slot} can never be reached", slot: slot);
            if (program.Instructions[slot].IsWide) slot++;
        }
    }

    // A jump through a register stays within its function.
    private static void CheckScattered(VerifierProgram program, ProgramFlow flow)
    {
        for (int slot = 0; slot < program.Instructions.Length; slot++)
        {
            if (program.Instructions[slot].Opcode is Opcodes.GotoRegister) CheckScattered(flow, slot);
            if (program.Instructions[slot].IsWide) slot++;
        }
    }

    private static void CheckScattered(ProgramFlow flow, int slot)
    {
        var targets = flow.Scattered(slot);
        if (targets.IsEmpty) throw new RejectedException(VerifierRules.Structure, "the program jumps through a register, and its function has no jump table", slot: slot);
        foreach (int target in targets)
        {
            if (target < 0 || target >= flow.Code.Length || flow.FunctionOf(target) != flow.FunctionOf(slot))
                throw new RejectedException(VerifierRules.Structure, $"a jump table leads to instruction {target}, which is of another function", slot: slot);
        }
    }

    // Tail calls and loads beyond the packet return from a function with a number.
    private static void CheckAbnormalReturns(VerifierProgram program, ProgramFlow flow)
    {
        for (int slot = 0; slot < program.Instructions.Length; slot++)
        {
            var x = program.Instructions[slot];
            bool returns = x.IsPacketLoad || (x.IsHelperCall && (HelperId)x.Immediate is HelperId.TailCall);
            if (returns && flow.FunctionOf(slot) is > 0 and var function && !ReturnsNumber(program, function))
                throw new RejectedException(VerifierRules.FunctionSignature, $"instruction {slot} may return from its function, which must return int for that");
            if (x.IsWide) slot++;
        }
    }

    private static bool ReturnsNumber(VerifierProgram program, int function)
    {
        foreach (var info in program.Functions)
        {
            if (info.Slot != function || program.Types is not { } types || types[info.Type] is not BtfType.Function x) continue;
            int result = types.Resolve(((BtfType.FunctionPrototype)types[x.Prototype]).Return);
            return types.KindOf(result) is BtfKind.Int or BtfKind.Enum or BtfKind.Enum64;
        }

        return false;
    }

    private static void CheckMap(VerifierProgram program, ProgramMap map, KernelProfile kernel)
    {
        bool isTracing = program.Type is ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent or ProgramType.RawTracepoint or ProgramType.RawTracepointWritable;
        foreach (var field in map.Fields)
        {
            if (field.Kind is SpecialFieldKind.SpinLock && (isTracing || program.Type is ProgramType.SocketFilter))
                throw new RejectedException(VerifierRules.Locks, $"map '{map}' has a bpf_spin_lock, which {program.Type.KernelName()} programs cannot use");
            if (field.Kind is SpecialFieldKind.Timer or SpecialFieldKind.WorkQueue && isTracing)
                throw new RejectedException(VerifierRules.SpecialFieldAccess, $"map '{map}' has a timer, which {program.Type.KernelName()} programs cannot use");
            if (field.Kind is SpecialFieldKind.ListHead or SpecialFieldKind.RedBlackRoot && isTracing)
                throw new RejectedException(VerifierRules.SpecialFieldAccess, $"map '{map}' has a list or a tree, which {program.Type.KernelName()} programs cannot use");
        }

        if (map.Spec.Type is MapType.StructOps) throw new RejectedException(VerifierRules.Argument, $"map '{map}' is a table of functions, which programs cannot use");
        if (!program.IsSleepable) return;
        if (map.Spec.Type is MapType.ProgArray or MapType.PerfEventArray or MapType.StackTrace or MapType.CgroupArray or MapType.DevMap or MapType.SockMap or MapType.CpuMap
            or MapType.XskMap or MapType.SockHash or MapType.CgroupStorage or MapType.ReuseportSockArray or MapType.PerCpuCgroupStorage or MapType.DevMapHash or MapType.BloomFilter
            && map.Spec.Type is not MapType.PerfEventArray)
            throw new RejectedException(VerifierRules.Argument, $"map '{map}' of type {map.Spec.Type.KernelName()} cannot be used by a program that may sleep");
    }
}
