// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Logs;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>Finds registers in the lists that the kernel prints.</summary>
internal static class RegisterStates
{
    /// <summary>What a list says of a register; null when it does not have it.</summary>
    public static string? Find(string state, string register)
    {
        if (state.Length == 0) return null;
        Dictionary<string, string> known = [];
        RegisterOrder.ReadInto(known, state);
        return known.GetValueOrDefault(register);
    }

    /// <summary>What a register holds before a step, in words; empty when the log does not say.</summary>
    public static string Before(LogPath path, int step, int register)
    {
        string name = $"R{register}";
        int depth = path.Steps[step].Depth;
        for (int i = step - 1; i >= 0; i--)
        {
            var earlier = path.Steps[i];
            if (earlier.Depth != depth) return "";
            if (earlier.After.Contains(name, StringComparison.Ordinal) && Find(earlier.After, name) is { } state) return RegisterWords.Value(state);
            if (Writes(earlier.Instruction, register)) return "";
        }

        return Find(path.Start, name) is { } first ? RegisterWords.Value(first) : "";
    }

    // Old kernels print no state behind an instruction.
    private static bool Writes(LogInstruction instruction, int register) => instruction.Kind switch
    {
        LogInstructionKind.Store => false,
        LogInstructionKind.Call or LogInstructionKind.PacketLoad => register <= 5,
        _ => instruction.Target == register,
    };
}
