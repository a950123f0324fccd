// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Selection;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>Where each slot lies below the frame pointer.</summary>
internal sealed class FrameLayout
{
    private const int Limit = 512;

    private readonly Dictionary<StackSlot, int> _offsets = new(ReferenceEqualityComparer.Instance);

    public FrameLayout(MachineFunction function)
    {
        int depth = 0;
        foreach (var slot in function.Slots.OrderByDescending(s => s.Alignment))
        {
            depth = (depth + slot.Size + slot.Alignment - 1) / slot.Alignment * slot.Alignment;
            _offsets.Add(slot, -depth);
        }

        if (depth > Limit)
        {
            throw new InvalidObjectException(new Diagnostic(CompilerDiagnostics.StackTooLarge, Severity.Error, $"function '{function.Function.Name}' needs {depth} bytes of stack, a program has {Limit}", Location.Unknown)
            {
                Notes = ["keep large values in a map"],
            });
        }
    }

    public int OffsetOf(StackSlot slot) => _offsets[slot];
}
