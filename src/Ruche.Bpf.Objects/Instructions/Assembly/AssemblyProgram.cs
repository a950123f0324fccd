// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>The slots assembled so far, with labels that are filled in when all lines are read.</summary>
internal sealed class AssemblyProgram(string file, DiagnosticBag diagnostics)
{
    private readonly List<Instruction> _slots = [];
    private readonly List<AssemblyFixup> _fixups = [];
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);

    public Instruction[] ToArray() => [.. _slots];

    public void Add(Instruction slot) => _slots.Add(slot);

    public void Add(ReadOnlySpan<Instruction> slots) => _slots.AddRange(slots);

    /// <summary>Adds a slot whose field is a distance, or waits for a label.</summary>
    public void AddJump(Instruction slot, JumpTarget target, AssemblyFixupKind kind, int line)
    {
        if (target.Label is { } label) _fixups.Add(new(_slots.Count, kind, label, line));
        _slots.Add(kind is AssemblyFixupKind.Offset ? slot.WithOffset((short)target.Distance) : slot.WithImmediate(target.Distance));
    }

    /// <summary>Adds a wide load of the address of the function at a label.</summary>
    public void AddFunctionAddress(Register destination, AssemblyToken label, int line)
    {
        _fixups.Add(new(_slots.Count, AssemblyFixupKind.Immediate, label, line));
        Add(Insn.LoadWide(destination, WideSource.Function, 0));
    }

    public bool TryDefine(string label) => _labels.TryAdd(label, _slots.Count);

    /// <summary>Fills in every label; reports those that do not exist or are too far away.</summary>
    public void Resolve(int maxFindings)
    {
        foreach (var fixup in _fixups)
        {
            if (diagnostics.Items.Count >= maxFindings) return;
            if (Find(fixup.Label.Text) is { } target) Fill(fixup, target);
            else if (fixup.Kind is AssemblyFixupKind.Call) FillHelper(fixup);
            else Report(fixup, InstructionDiagnostics.UnknownLabel, $"label '{fixup.Label.Text}' is not defined", NearestNames.Notes(fixup.Label.Text, _labels.Keys));
        }
    }

    // The conformance dialect has a label of its own: 'exit' is the first exit instruction unless a line defines it.
    private int? Find(string label)
    {
        if (_labels.TryGetValue(label, out int slot)) return slot;
        int exit = label == "exit" ? _slots.FindIndex(s => s.IsExit) : -1;
        return exit < 0 ? null : exit;
    }

    private void Fill(AssemblyFixup fixup, int target)
    {
        var slot = _slots[fixup.Slot];
        int distance = target - fixup.Slot - 1;
        if (fixup.Kind is AssemblyFixupKind.Call) _slots[fixup.Slot] = Insn.CallFunction(distance);
        else if (fixup.Kind is AssemblyFixupKind.Immediate) _slots[fixup.Slot] = slot.WithImmediate(distance);
        else if (distance is >= short.MinValue and <= short.MaxValue) _slots[fixup.Slot] = slot.WithOffset((short)distance);
        else
        {
            Report(fixup, InstructionDiagnostics.LabelTooFar,
                $"label '{fixup.Label.Text}' is {distance} slots away, a jump reaches -32768 to 32767", "gotol reaches 32 bits");
        }
    }

    private void FillHelper(AssemblyFixup fixup)
    {
        string name = fixup.Label.Text;
        string full = name.StartsWith("bpf_", StringComparison.Ordinal) ? name : $"bpf_{name}";
        if (HelperNames.TryFind(full, out var helper)) _slots[fixup.Slot] = Insn.Call(helper);
        else
        {
            Report(fixup, InstructionDiagnostics.UnknownHelper, $"'{name}' is neither a label nor a helper",
                NearestNames.Notes(name, _labels.Keys.Concat(HelperNames.All)));
        }
    }

    private void Report(AssemblyFixup fixup, string id, string message, params string[] notes) =>
        diagnostics.Error(id, message, new Location.Text(file, fixup.Line, fixup.Label.Column, fixup.Label.Length), notes);
}
