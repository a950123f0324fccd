// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>Values to be used in place of others; written into a function in one go.</summary>
internal sealed class Substitution
{
    private readonly Dictionary<Value, Value> _replacements = new(ReferenceEqualityComparer.Instance);

    public bool IsEmpty => _replacements.Count == 0;

    public void Add(Value value, Value replacement) => _replacements[value] = replacement;

    /// <summary>What is used in place of a value, itself when nothing is.</summary>
    public Value this[Value value]
    {
        get
        {
            while (_replacements.TryGetValue(value, out var next)) value = next;
            return value;
        }
    }

    public void Apply(Operation operation)
    {
        for (int i = 0; i < operation.Operands.Count; i++)
        {
            var value = this[operation.Operands[i]];
            if (value != operation.Operands[i]) operation.Replace(i, value);
        }

        if (operation is not Terminator end) return;
        foreach (var edge in end.Edges)
        {
            for (int i = 0; i < edge.Arguments.Count; i++) edge.Replace(i, this[edge.Arguments[i]]);
        }
    }

    public void Apply(Function function)
    {
        if (IsEmpty) return;
        foreach (var block in function.Blocks)
        {
            foreach (var operation in block.Operations) Apply(operation);
        }
    }
}
