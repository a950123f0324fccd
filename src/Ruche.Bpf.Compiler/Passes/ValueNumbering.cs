// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Computes once what is computed twice, where the first dominates the second. A pointer that was compared, with a packet's end or with null, is one
/// value, so that the comparison holds for whatever is reached through it.
/// </summary>
internal static class ValueNumbering
{
    public static void Run(Function function)
    {
        ControlFlow flow = new(function);
        Dictionary<Key, List<(Operation Operation, Block Block)>> known = [];
        Substitution substitution = new();
        foreach (var block in flow.Order)
        {
            foreach (var operation in block.Operations)
            {
                substitution.Apply(operation);
                if (!operation.IsPure) continue;
                Key key = new(operation);
                if (!known.TryGetValue(key, out var earlier)) known.Add(key, earlier = []);
                var first = earlier.FirstOrDefault(e => flow.Dominates(e.Block, block)).Operation;
                if (first is null) earlier.Add((operation, block));
                else substitution.Add(operation, first);
            }
        }

        substitution.Apply(function);
    }

    /// <summary>What an operation computes, from what.</summary>
    private readonly struct Key(Operation operation) : IEquatable<Key>
    {
        private readonly Operation _operation = operation;

        public bool Equals(Key other) =>
            _operation.GetType() == other._operation.GetType() && _operation.Type == other._operation.Type && Kind(_operation).Equals(Kind(other._operation))
            && _operation.Operands.Zip(other._operation.Operands).All(p => Same(p.First, p.Second)) && _operation.Operands.Count == other._operation.Operands.Count;

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(Kind(_operation));
            hash.Add(_operation.Type);
            foreach (var operand in _operation.Operands) hash.Add(operand is Constant c ? c.Number.GetHashCode() : RuntimeHelpers.GetHashCode(operand));
            return hash.ToHashCode();
        }

        private static bool Same(Value a, Value b) => a == b || (a is Constant x && b is Constant y && x.Type == y.Type && x.Number == y.Number);

        private static object Kind(Operation operation) => operation switch
        {
            Binary x => x.Operator,
            Compare x => x.Relation,
            Convert x => x.Conversion,
            MapReference x => x.Map,
            GlobalAddress x => (x.Map, x.Offset),
            FunctionAddress x => x.Function,
            FieldAddress x => x.Field,
            KernelQuestion x => (x.Kind, x.Subject),
            HelperCall x => x.Helper,
            _ => 0,
        };
    }
}
