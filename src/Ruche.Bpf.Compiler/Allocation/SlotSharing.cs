// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Selection;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>
/// Gives slots that never hold something at the same time one place on the stack. Only those that are read and written as a whole and whose address goes
/// nowhere: that of another may be kept by a helper or a callback.
/// </summary>
internal sealed class SlotSharing
{
    private readonly MachineFunction _function;
    private readonly List<StackSlot> _private;
    private readonly Dictionary<StackSlot, int> _numbers = [];
    private readonly NumberSet[] _together;

    private SlotSharing(MachineFunction function, List<StackSlot> slots)
    {
        (_function, _private) = (function, slots);
        for (int i = 0; i < slots.Count; i++) _numbers.Add(slots[i], i);
        _together = [.. slots.Select(_ => new NumberSet(slots.Count))];
    }

    public static void Share(MachineFunction function)
    {
        if (function.Slots.Count < 2) return;
        HashSet<StackSlot> shared = [];
        foreach (var block in function.Blocks)
        {
            foreach (var instruction in block.Instructions)
            {
                if (instruction.Slot is { } slot && !IsWhole(instruction, slot)) shared.Add(slot);
            }
        }

        List<StackSlot> slots = [.. function.Slots.Where(s => !shared.Contains(s))];
        if (slots.Count < 2) return;
        SlotSharing sharing = new(function, slots);
        sharing.FindTogether();
        sharing.Merge();
    }

    private static bool IsWhole(MachineInstruction instruction, StackSlot slot) =>
        !instruction.IsFrameAddress && instruction.Code.Mode is MemoryMode.Memory && instruction.Code.Offset == 0 && instruction.Code.WidthBytes == slot.Size;

    private static bool IsRead(MachineInstruction instruction) => instruction.Code.Class is InstructionClass.LoadX;

    private void Step(NumberSet live, MachineInstruction instruction)
    {
        if (instruction.Slot is not { } slot || !_numbers.TryGetValue(slot, out int number)) return;
        if (IsRead(instruction)) live.Add(number);
        else live.Remove(number);
    }

    private void FindTogether()
    {
        Liveness liveness = new(_function, _private.Count, Step);
        foreach (var block in _function.Blocks)
        {
            var live = liveness.AtEnd(block);
            for (int i = block.Instructions.Count - 1; i >= 0; i--)
            {
                var instruction = block.Instructions[i];
                Step(live, instruction);
                if (instruction.Slot is not { } slot || !_numbers.TryGetValue(slot, out int number) || IsRead(instruction)) continue;
                foreach (int other in live)
                {
                    _together[number].Add(other);
                    _together[other].Add(number);
                }
            }
        }
    }

    private void Merge()
    {
        Dictionary<StackSlot, StackSlot> places = [];
        List<(StackSlot Place, List<int> Members)> kept = [];
        for (int i = 0; i < _private.Count; i++)
        {
            var slot = _private[i];
            var together = _together[i];
            int found = kept.FindIndex(k => k.Place.Size == slot.Size && !k.Members.Exists(together.Contains));
            if (found < 0) kept.Add((slot, [i]));
            else
            {
                places.Add(slot, kept[found].Place);
                kept[found].Members.Add(i);
            }
        }

        if (places.Count == 0) return;
        _function.Slots.RemoveAll(places.ContainsKey);
        foreach (var instruction in _function.Blocks.SelectMany(b => b.Instructions))
        {
            if (instruction.Slot is { } slot && places.TryGetValue(slot, out var place)) instruction.Slot = place;
        }
    }
}
