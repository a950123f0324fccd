// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Verifier.Logs;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>Where the value of a register came from, found by walking back along the path: through copies and the stack, to a call or a load.</summary>
internal sealed class RegisterHistory(LogPath path)
{
    private const int Longest = 6;

    private readonly ImmutableArray<PathPlace>.Builder _causes = ImmutableArray.CreateBuilder<PathPlace>();

    /// <summary>The places that made the register what it is before the step, the latest first.</summary>
    public ImmutableArray<PathPlace> Of(int register, int step)
    {
        for (int at = step - 1, depth = path.Steps[step].Depth; _causes.Count < Longest;)
        {
            int writer = Writer(ref register, at, ref depth);
            if (writer < 0)
            {
                AddBeginning(register);
                break;
            }

            var (next, from) = Follow(register, writer);
            if (next < 0) break;
            register = next;
            at = from;
            depth = path.Steps[Math.Max(from, 0)].Depth;
        }

        return _causes.ToImmutable();
    }

    // The last step before that sets the register in the same function; arguments come from the caller, R0 from the function called.
    private int Writer(ref int register, int at, ref int depth)
    {
        for (; at >= 0; at--)
        {
            var step = path.Steps[at];
            var instruction = step.Instruction;
            if (step.Depth > depth)
            {
                if (instruction.Kind is LogInstructionKind.Exit && step.Depth == depth + 1 && register == 0) depth = step.Depth;
                continue;
            }

            if (step.Depth < depth)
            {
                if (register is 0 or > 5) return -1;
                depth = step.Depth;
                continue;
            }

            if (instruction.Kind is LogInstructionKind.Call && register <= 5) return at;
            if (instruction.Kind is LogInstructionKind.PacketLoad && register <= 5) return at;
            if (instruction.Kind is not LogInstructionKind.Store && instruction.Target == register) return at;
        }

        return -1;
    }

    private (int Register, int From) Follow(int register, int at)
    {
        var step = path.Steps[at];
        var instruction = step.Instruction;
        string name = $"R{register}";
        switch (instruction.Kind)
        {
            case LogInstructionKind.Call or LogInstructionKind.PacketLoad when register != 0:
                Add(step, $"{Callee(instruction)} takes away what {name} held: calls keep R6 to R9 only");
                return (-1, at);
            case LogInstructionKind.Call:
                Add(step, $"{name} is what {Callee(instruction)} returns", name);
                return (-1, at);
            case LogInstructionKind.Move:
                Add(step, $"{name} is copied from R{instruction.Source}");
                return (instruction.Source, at - 1);
            case LogInstructionKind.Change when instruction.Source >= 0 && IsPointer(step, name):
                string number = RegisterStates.Before(path, at, instruction.Source);
                Add(step, $"{name} is moved by `{step.Text}`{(number.Length > 0 ? $", R{instruction.Source} being {number}" : "")}");
                return (instruction.Source, at - 1);
            case LogInstructionKind.Change:
                Add(step, $"{name} is changed by `{step.Text}`", name);
                return (register, at - 1);
            case LogInstructionKind.Load when instruction.Source == 10:
                Add(step, $"{name} is read back from the stack (fp{instruction.Offset})");
                return Saved(instruction.Offset, at - 1, step.Depth);
            case LogInstructionKind.Load:
                Add(step, $"{name} is loaded from `{instruction.Detail}`", name);
                return (-1, at);
            case LogInstructionKind.Constant:
                Add(step, $"{name} is set to {instruction.Detail}", name);
                return (-1, at);
            default:
                Add(step, $"{name} is set by `{step.Text}`", name);
                return (-1, at);
        }
    }

    private (int Register, int From) Saved(int offset, int at, int depth)
    {
        for (; at >= 0; at--)
        {
            var step = path.Steps[at];
            if (step.Depth != depth || step.Instruction is not { Kind: LogInstructionKind.Store, Target: 10 } store || store.Offset != offset) continue;
            if (store.Source < 0) Add(step, $"it is stored there by `{step.Text}`");
            return (store.Source, at - 1);
        }

        return (-1, -1);
    }

    // A pointer goes astray by what is added to it.
    private static bool IsPointer(LogStep step, string register) =>
        RegisterStates.Find(step.After, register) is { } state && RegisterWords.Value(state) is { Length: > 0 } words && !words.Contains("number", StringComparison.Ordinal);

    private void AddBeginning(int register)
    {
        string name = $"R{register}";
        string state = RegisterStates.Find(path.Start, name) is { } value ? RegisterWords.Value(value) : "";
        if (register == 10) return;
        if (state.Length > 0) _causes.Add(new(-1, null, $"{name} is {state} from the beginning"));
        else if (path.Start.Length > 0) _causes.Add(new(-1, null, $"nothing writes {name} on this path"));
    }

    private void Add(LogStep step, string what, string? register = null)
    {
        if (register is not null && RegisterStates.Find(step.After, register) is { } state && RegisterWords.Value(state) is { Length: > 0 } words && !words.StartsWith("the number", StringComparison.Ordinal))
            what += $": {words}";
        _causes.Add(new(step.Slot, step.Place, what));
    }

    private static string Callee(LogInstruction call) => call.Kind is LogInstructionKind.PacketLoad ? "the packet load"
        : call.Detail.StartsWith("pc", StringComparison.Ordinal) ? "the function called here" : $"{call.Detail}()";
}
