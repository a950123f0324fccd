// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>Removes what computes values that nothing with an effect needs, block parameters and stores into slots that nobody reads among them.</summary>
internal static class DeadCodeRemoval
{
    public static void Run(Function function)
    {
        HashSet<Value> live = new(ReferenceEqualityComparer.Instance);
        Stack<Value> open = [];
        var slots = UnreadSlots(function);
        var edges = EdgesInto(function);

        foreach (var block in function.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation.HasEffects && !StoresInto(slots, operation)) Need(operation);
            }
        }

        while (open.TryPop(out var value))
        {
            if (value is Operation operation)
            {
                foreach (var operand in operation.Operands) Need(operand);
            }
            else if (value is BlockParameter parameter)
            {
                foreach (var (edge, index) in edges.GetValueOrDefault(parameter, [])) Need(edge.Arguments[index]);
            }
        }

        Sweep(function, live);

        void Need(Value value)
        {
            if (live.Add(value)) open.Push(value);
        }
    }

    private static void Sweep(Function function, HashSet<Value> live)
    {
        foreach (var block in function.Blocks)
        {
            block.Operations.RemoveAll(o => !live.Contains(o));
            var end = block.Terminator;
            for (int i = 0; i < end.Edges.Count; i++)
            {
                var edge = end.Edges[i];
                if (edge.Target == function.Entry || edge.Target.Parameters.TrueForAll(live.Contains)) continue;
                end.Redirect(i, new(edge.Target, [.. edge.Arguments.Where((_, a) => live.Contains(edge.Target.Parameters[a]))]));
            }
        }

        foreach (var block in function.Blocks)
        {
            if (block != function.Entry) block.Parameters.RemoveAll(p => !live.Contains(p));
        }
    }

    private static Dictionary<BlockParameter, List<(Edge Edge, int Index)>> EdgesInto(Function function)
    {
        Dictionary<BlockParameter, List<(Edge, int)>> edges = new(ReferenceEqualityComparer.Instance);
        foreach (var block in function.Blocks)
        {
            foreach (var edge in block.Terminator.Edges)
            {
                for (int i = 0; i < edge.Arguments.Count; i++)
                {
                    if (!edges.TryGetValue(edge.Target.Parameters[i], out var list)) edges.Add(edge.Target.Parameters[i], list = []);
                    list.Add((edge, i));
                }
            }
        }

        return edges;
    }

    // A slot whose address goes nowhere but into stores.
    private static HashSet<Value> UnreadSlots(Function function)
    {
        HashSet<Value> slots = new(ReferenceEqualityComparer.Instance);
        foreach (var block in function.Blocks) slots.UnionWith(block.Operations.FindAll(o => o is StackSlot));
        if (slots.Count == 0) return slots;
        foreach (var operation in function.Operations)
        {
            bool isFirst = operation is Store;
            foreach (var value in operation.Used)
            {
                if (!isFirst) slots.Remove(value);
                isFirst = false;
            }
        }

        return slots;
    }

    private static bool StoresInto(HashSet<Value> slots, Operation operation) => operation is Store store && slots.Contains(store.Address);
}
