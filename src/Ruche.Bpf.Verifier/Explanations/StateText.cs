// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Analysis;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>Writes what is known at one point of one path, in a line.</summary>
internal static class StateText
{
    /// <summary>The registers and stack slots of the function that runs that hold something.</summary>
    public static string Of(State state)
    {
        StringBuilder text = new();
        if (state.Frames.Count > 1) text.Append(CultureInfo.InvariantCulture, $"call {state.Frames.Count - 1}; ");
        for (var register = Register.R0; register < Register.R10; register++)
        {
            if (state[register].Kind is not ValueKind.Unwritten) text.Append(CultureInfo.InvariantCulture, $"{Describe.Name(register)}: {Describe.Value(state[register])}; ");
        }

        for (int i = 0; i < state.Top.SlotCount; i++)
        {
            var slot = state.Top.SlotAt(i);
            if (slot.Spilled is { } spilled) text.Append(CultureInfo.InvariantCulture, $"fp-{(i + 1) * StackSlot.Size}: {Describe.Value(spilled)}; ");
            else if (!slot.IsAll(SlotByte.Unwritten)) text.Append(CultureInfo.InvariantCulture, $"fp-{(i + 1) * StackSlot.Size}: {(slot.IsAll(SlotByte.Zero) ? "zeros" : "bytes")}; ");
        }

        return text.ToString().TrimEnd(' ', ';');
    }
}
