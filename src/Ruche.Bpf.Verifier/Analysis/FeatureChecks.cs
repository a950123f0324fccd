// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Whether the kernel knows what the program is made of: its type, its maps, its instructions.</summary>
internal static class FeatureChecks
{
    /// <summary>Rejects a program that the kernel is too old for.</summary>
    public static void Check(VerifierProgram program, KernelProfile kernel)
    {
        Require(kernel, Since(program.Type), () => $"{program.Type.KernelName()} programs are");
        foreach (var map in program.Maps.Values.Distinct()) Require(kernel, Since(map.Spec.Type), () => $"maps of type {map.Spec.Type.KernelName()} ('{map}') are");
        for (int slot = 0; slot < program.Instructions.Length; slot++)
        {
            var x = program.Instructions[slot];
            int at = slot;
            Require(kernel, Since(x), () => $"instruction {at} ({x}) is");
            if (x.IsWide) slot++;
        }
    }

    private static void Require(KernelProfile kernel, KernelRelease since, Func<string> subject)
    {
        if (kernel.Release >= since) return;
        throw new RejectedException(VerifierRules.Feature, $"{subject()} not known before Linux {since}");
    }

    private static KernelRelease Since(ProgramType type) => type switch
    {
        ProgramType.SkLookup => new(5, 9),
        ProgramType.Syscall => new(5, 14),
        ProgramType.Netfilter => new(6, 4),
        _ => default,
    };

    private static KernelRelease Since(MapType type) => type switch
    {
        MapType.RingBuf => new(5, 8),
        MapType.InodeStorage => new(5, 10),
        MapType.TaskStorage => new(5, 11),
        MapType.BloomFilter => new(5, 16),
        MapType.UserRingBuf => new(6, 1),
        MapType.CgrpStorage => new(6, 2),
        MapType.Arena => new(6, 9),
        MapType.InsnArray => new(6, 19),
        _ => default,
    };

    private static KernelRelease Since(Instruction x)
    {
        if (x.IsAtomic) return x.AtomicOperation switch
        {
            AtomicOperation.Add => default,
            AtomicOperation.LoadAcquire or AtomicOperation.StoreRelease => new(6, 15),
            _ => new(5, 12),
        };
        if (x.IsFunctionAddress || x.IsKernelCall) return new(5, 13);
        if (x.Opcode is Opcodes.MayGoto) return x.Offset == 0 ? new(6, 14) : new(6, 9);
        if (x.Opcode is Opcodes.GotoRegister) return new(6, 19);
        return IsOfVersion4(x) ? new(6, 6) : default;
    }

    private static bool IsOfVersion4(Instruction x) => x.Class switch
    {
        InstructionClass.LoadX => x.Mode is MemoryMode.SignExtended,
        InstructionClass.Jump32 => x.Opcode is Opcodes.GotoLong,
        InstructionClass.Alu32 or InstructionClass.Alu64 => x.AluOperation switch
        {
            AluOperation.Mov => x.UsesRegister && x.Offset is 8 or 16 or 32 && x.UsesRegister,
            AluOperation.Div or AluOperation.Mod => x.Offset != 0,
            AluOperation.End => x.Class is InstructionClass.Alu64,
            _ => false,
        },
        _ => false,
    };
}
