// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>What a program loaded without CAP_BPF may be made of.</summary>
internal static class PrivilegeChecks
{
    private const int MaxInstructions = 4096;
    private const string Advice = "load the program with CAP_BPF";

    /// <summary>Checks its type, its maps, its size and what it calls.</summary>
    public static void Check(VerifierProgram program)
    {
        if (program.Type is not (ProgramType.SocketFilter or ProgramType.CgroupSkb))
            throw new RejectedException(VerifierRules.Feature, $"{program.Type.KernelName()} programs are not for loaders without privileges", slot: -1, advice: Advice);
        if (program.Instructions.Length > MaxInstructions)
        {
            throw new RejectedException(VerifierRules.TooComplex,
                $"the program has {program.Instructions.Length} instructions, and {MaxInstructions} are allowed without privileges", slot: -1, advice: Advice);
        }

        foreach (var map in program.Maps.Values.Distinct())
        {
            if (!IsForAnybody(map.Spec.Type))
                throw new RejectedException(VerifierRules.Feature, $"map '{map}' is of type {map.Spec.Type.KernelName()}, which is not for loaders without privileges", slot: -1, advice: Advice);
        }

        for (int slot = 0; slot < program.Instructions.Length; slot++)
        {
            var x = program.Instructions[slot];
            if (x.IsLocalCall || x.IsKernelCall || x.IsFunctionAddress)
                throw new RejectedException(VerifierRules.Feature, "only programs with privileges have functions, or call those of the kernel", slot: slot, advice: "load with CAP_BPF, or inline everything: static __always_inline");
            if (x.IsWide) slot++;
        }
    }

    /// <summary>Checks that it has no loops.</summary>
    public static void CheckFlow(ProgramFlow flow)
    {
        for (int slot = 0; slot < flow.Code.Length; slot++)
        {
            if (flow.LoopOf(slot) == 0) continue;
            var (first, second) = flow.Successors(slot);
            if (IsBack(slot, first) || IsBack(slot, second))
                throw new RejectedException(VerifierRules.EndlessLoop, "control goes back from here, and a program without privileges must not loop", slot: slot, advice: "unroll the loop, or load the program with CAP_BPF");
        }

        bool IsBack(int from, int to) => to >= 0 && to <= from && flow.LoopOf(to) == flow.LoopOf(from);
    }

    private static bool IsForAnybody(MapType type) => type is MapType.Array or MapType.PerCpuArray or MapType.ProgArray or MapType.PerfEventArray or MapType.CgroupArray
        or MapType.ArrayOfMaps or MapType.Hash or MapType.PerCpuHash or MapType.HashOfMaps or MapType.RingBuf or MapType.UserRingBuf or MapType.CgroupStorage
        or MapType.PerCpuCgroupStorage;
}
