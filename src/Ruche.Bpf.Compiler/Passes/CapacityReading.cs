// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>How many entries a map has is known where it is known which map it is.</summary>
internal static class CapacityReading
{
    public static void Run(Module module, Function function)
    {
        Substitution substitution = new();
        foreach (var block in function.Blocks)
        {
            foreach (var capacity in block.Operations.OfType<MapCapacity>())
            {
                if (capacity.Map is MapReference map && module.Maps.Find(m => m.Name == map.Map) is { } declared) substitution.Add(capacity, new Constant(IrType.I32, declared.MaxEntries));
            }
        }

        substitution.Apply(function);
    }
}
