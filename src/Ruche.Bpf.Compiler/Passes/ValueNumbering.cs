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
                int first = earlier.FindIndex(e => flow.Dominates(e.Block, block));
                if (first < 0) earlier.Add((operation, block));
                else substitution.Add(operation, earlier[first].Operation);
            }
        }

        substitution.Apply(function);
    }

    /// <summary>What an operation computes, from what.</summary>
    private readonly struct Key : IEquatable<Key>
    {
        private readonly Operation _operation;
        private readonly int _hash;

        public Key(Operation operation)
        {
            _operation = operation;
            HashCode hash = default;
            hash.Add(operation.GetType().GetHashCode());
            foreach (var operand in operation.Operands) hash.Add(operand is Constant c ? c.Number.GetHashCode() : RuntimeHelpers.GetHashCode(operand));
            _hash = hash.ToHashCode();
        }

        public bool Equals(Key other) =>
            _hash == other._hash && _operation.GetType() == other._operation.GetType() && _operation.Type == other._operation.Type
            && IsSameKind(_operation, other._operation) && HaveSameOperands(_operation, other._operation);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => _hash;

        private static bool HaveSameOperands(Operation one, Operation other)
        {
            if (one.Operands.Count != other.Operands.Count) return false;
            for (int i = 0; i < one.Operands.Count; i++)
            {
                if (!IsSame(one.Operands[i], other.Operands[i])) return false;
            }

            return true;
        }

        private static bool IsSame(Value a, Value b) => a == b || (a is Constant x && b is Constant y && x.Type == y.Type && x.Number == y.Number);

        private static bool IsSameKind(Operation one, Operation other) => (one, other) switch
        {
            (Binary x, Binary y) => x.Operator == y.Operator,
            (Compare x, Compare y) => x.Relation == y.Relation,
            (Convert x, Convert y) => x.Conversion == y.Conversion,
            (MapReference x, MapReference y) => x.Map == y.Map,
            (GlobalAddress x, GlobalAddress y) => x.Map == y.Map && x.Offset == y.Offset,
            (FunctionAddress x, FunctionAddress y) => x.Function == y.Function,
            (FieldAddress x, FieldAddress y) => x.Field == y.Field,
            (KernelQuestion x, KernelQuestion y) => x.Kind == y.Kind && x.Subject == y.Subject,
            (HelperCall x, HelperCall y) => x.Helper == y.Helper,
            _ => true,
        };
    }
}
