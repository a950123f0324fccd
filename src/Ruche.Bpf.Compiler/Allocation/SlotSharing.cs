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
    private readonly HashSet<StackSlot> _private;
    private readonly Dictionary<MachineBlock, HashSet<StackSlot>> _in = [];
    private readonly Dictionary<StackSlot, HashSet<StackSlot>> _together = [];

    private SlotSharing(MachineFunction function)
    {
        _private = [.. function.Slots];
        foreach (var instruction in function.Blocks.SelectMany(b => b.Instructions))
        {
            if (instruction.Slot is { } slot && !IsWhole(instruction, slot)) _private.Remove(slot);
        }

        foreach (var slot in _private) _together.Add(slot, []);
    }

    public static void Share(MachineFunction function)
    {
        SlotSharing sharing = new(function);
        if (sharing._private.Count < 2) return;
        sharing.FindLiveness(function);
        sharing.FindTogether(function);
        sharing.Merge(function);
    }

    private static bool IsWhole(MachineInstruction instruction, StackSlot slot) =>
        !instruction.IsFrameAddress && instruction.Code.Mode is MemoryMode.Memory && instruction.Code.Offset == 0 && instruction.Code.WidthBytes == slot.Size;

    private static bool IsRead(MachineInstruction instruction) => instruction.Code.Class is InstructionClass.LoadX;

    private void FindLiveness(MachineFunction function)
    {
        foreach (var block in function.Blocks) _in.Add(block, []);
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = function.Blocks.Count - 1; i >= 0; i--)
            {
                var block = function.Blocks[i];
                var live = AtEnd(block);
                for (int k = block.Instructions.Count - 1; k >= 0; k--) Step(live, block.Instructions[k]);
                if (live.Count == _in[block].Count) continue;
                _in[block] = live;
                changed = true;
            }
        }
    }

    private HashSet<StackSlot> AtEnd(MachineBlock block)
    {
        HashSet<StackSlot> live = [];
        foreach (var successor in block.Successors) live.UnionWith(_in[successor]);
        return live;
    }

    private void Step(HashSet<StackSlot> live, MachineInstruction instruction)
    {
        if (instruction.Slot is not { } slot || !_private.Contains(slot)) return;
        if (IsRead(instruction)) live.Add(slot);
        else live.Remove(slot);
    }

    private void FindTogether(MachineFunction function)
    {
        foreach (var block in function.Blocks)
        {
            var live = AtEnd(block);
            for (int i = block.Instructions.Count - 1; i >= 0; i--)
            {
                if (block.Instructions[i] is { Slot: { } slot } instruction && _private.Contains(slot) && !IsRead(instruction))
                {
                    foreach (var other in live.Where(o => o != slot))
                    {
                        _together[slot].Add(other);
                        _together[other].Add(slot);
                    }
                }

                Step(live, block.Instructions[i]);
            }
        }
    }

    private void Merge(MachineFunction function)
    {
        Dictionary<StackSlot, StackSlot> places = [];
        List<(StackSlot Place, List<StackSlot> Members)> kept = [];
        foreach (var slot in function.Slots.Where(_private.Contains))
        {
            int found = kept.FindIndex(k => k.Place.Size == slot.Size && !k.Members.Exists(_together[slot].Contains));
            if (found < 0) kept.Add((slot, [slot]));
            else
            {
                places.Add(slot, kept[found].Place);
                kept[found].Members.Add(slot);
            }
        }

        function.Slots.RemoveAll(places.ContainsKey);
        foreach (var instruction in function.Blocks.SelectMany(b => b.Instructions))
        {
            if (instruction.Slot is { } slot && places.TryGetValue(slot, out var place)) instruction.Slot = place;
        }
    }
}
