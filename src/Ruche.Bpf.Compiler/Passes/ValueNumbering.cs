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
        Dictionary<Operation, List<Place>> known = new(new SameResult());
        Substitution substitution = new();
        foreach (var block in flow.Order)
        {
            foreach (var operation in block.Operations)
            {
                substitution.Apply(operation);
                if (!operation.IsPure) continue;
                if (!known.TryGetValue(operation, out var earlier)) known.Add(operation, earlier = []);
                var first = earlier.Find(e => flow.Dominates(e.Block, block));
                if (first is null) earlier.Add(new(operation, block));
                else substitution.Add(operation, first.Operation);
            }
        }

        substitution.Apply(function);
    }

    private sealed record Place(Operation Operation, Block Block);

    /// <summary>Operations that compute the same from the same.</summary>
    private sealed class SameResult : IEqualityComparer<Operation>
    {
        public bool Equals(Operation? one, Operation? other) =>
            one is not null && other is not null && one.GetType() == other.GetType() && one.Type == other.Type && IsSameKind(one, other) && HaveSameOperands(one, other);

        public int GetHashCode(Operation operation)
        {
            HashCode hash = default;
            hash.Add(operation.GetType());
            foreach (var operand in operation.Operands) hash.Add(operand is Constant c ? c.Number.GetHashCode() : RuntimeHelpers.GetHashCode(operand));
            return hash.ToHashCode();
        }

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
