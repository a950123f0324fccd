// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>Computes what is known when compiling, and writes the rest in the cheapest form.</summary>
internal static class Folding
{
    public static void Run(Function function)
    {
        Substitution substitution = new();
        HashSet<Operation> present = new(ReferenceEqualityComparer.Instance);
        foreach (var block in function.Blocks) present.UnionWith(block.Operations);
        foreach (var block in new ControlFlow(function).Order)
        {
            List<Operation> kept = new(block.Operations.Count);
            foreach (var operation in block.Operations) Fold(operation, kept, present, substitution);
            block.Operations.Clear();
            block.Operations.AddRange(kept);
        }

        substitution.Apply(function);
    }

    private static void Fold(Operation operation, List<Operation> kept, HashSet<Operation> present, Substitution substitution)
    {
        substitution.Apply(operation);
        Value value = operation;
        while (value is Operation current && FoldRules.Simplify(current) is { } simpler && simpler != current)
        {
            if (simpler is Operation made) (made.Source, made.Name) = (made.Source ?? operation.Source, made.Name ?? operation.Name);
            value = simpler;
        }

        if (value == operation) kept.Add(operation);
        else
        {
            if (value is Operation made && present.Add(made)) kept.Add(made);
            substitution.Add(operation, value);
        }
    }
}
