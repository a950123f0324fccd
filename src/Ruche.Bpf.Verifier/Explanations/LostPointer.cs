// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Verifier.Logs;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>
/// A register that held a pointer until a call released what it points to, or may have moved the packet. The kernel calls it a number then,
/// and does not print that it changed.
/// </summary>
/// <param name="Register">The register.</param>
/// <param name="Was">What it held.</param>
/// <param name="IsPacket">Whether it pointed into the packet.</param>
/// <param name="Call">The place of the call on the path.</param>
/// <param name="IsSure">Whether that call must be the one.</param>
internal sealed record LostPointer(int Register, string Was, bool IsPacket, int Call, bool IsSure)
{
    private static readonly string[] Releasing = ["submit", "discard", "release", "drop", "destroy", "put", "xchg", "unlock"];

    /// <summary>Finds what became of the pointer; null when the register never held one, or no call explains it.</summary>
    public static LostPointer? Find(LogPath path, int step, int register, KernelMessage message)
    {
        if (!IsNumberUsed(message)) return null;
        string was = RegisterStates.Before(path, step, register);
        if (was.Length == 0 || was.Contains("number", StringComparison.Ordinal)) return null;
        bool isPacket = was.Contains("packet", StringComparison.Ordinal);
        int likely = -1;
        for (int i = step - 1; i >= 0; i--)
        {
            var instruction = path.Steps[i].Instruction;
            if (instruction.Kind is LogInstructionKind.Call)
            {
                if (isPacket || Releasing.Any(word => instruction.Detail.Contains(word, StringComparison.Ordinal))) return new(register, was, isPacket, i, IsSure: true);
                if (likely < 0) likely = i;
            }
            else if (instruction.Kind is not LogInstructionKind.Store && instruction.Target == register) break;
        }

        return likely < 0 ? null : new(register, was, isPacket, likely, IsSure: false);
    }

    /// <summary>Says so.</summary>
    public Explanation Explain(LogPath path, ImmutableArray<PathPlace> decisions)
    {
        var last = path.Steps[^1];
        var call = path.Steps[Call];
        string name = call.Instruction.Detail.StartsWith("pc", StringComparison.Ordinal) ? "the function called" : $"{call.Instruction.Detail}()";
        return new()
        {
            Rule = IsPacket ? VerifierRules.PacketBounds : VerifierRules.ReferenceMisuse,
            Detail = IsPacket
                ? $"R{Register} was {Was}, but {name} may have changed the packet since, and pointers into it are void"
                : IsSure ? $"R{Register} was {Was}, but {name} has given it away, and it is used again"
                : $"R{Register} was {Was}, but a call since, perhaps {name}, has made it void",
            Slot = last.Slot,
            Instruction = last.Text,
            Place = last.Place,
            Path = decisions,
            Causes = [new(call.Slot, call.Place, $"{name} {(IsSure ? "makes" : "may make")} R{Register} void"), .. new RegisterHistory(path).Of(Register, path.Steps.Count - 1)],
            Advice = IsPacket ? $"after {name}, read data and data_end from the context again, and compare again" : $"do not use the pointer after {name}; copy what is needed before",
        };
    }

    /// <summary>Whether the kernel complains that a register is a number.</summary>
    public static bool IsNumberUsed(KernelMessage message) =>
        message.Pattern.Text is "{reg} invalid mem access 'scalar'" or "{reg} invalid mem access 'inv'";
}
