// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Relocation;
using Ruche.Bpf.Objects.Btf;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>Holds one function to the rules of its form.</summary>
internal sealed class FunctionChecker(Module module, Dictionary<string, Function> functions, Function function)
{
    private readonly Dictionary<Value, (Block Block, int Index)> _places = new(ReferenceEqualityComparer.Instance);
    private readonly KernelPaths _paths = new(module);

    public string? Check()
    {
        foreach (var block in function.Blocks)
        {
            if (block.Operations is not [.., Terminator]) return $"block '{block.Name}' has no end";
            if (block.Operations.FindIndex(o => o is Terminator) < block.Operations.Count - 1) return $"block '{block.Name}' ends twice";
            foreach (var parameter in block.Parameters) _places.Add(parameter, (block, -1));
            for (int i = 0; i < block.Operations.Count; i++) _places.Add(block.Operations[i], (block, i));
        }

        HashSet<Block> blocks = [.. function.Blocks];
        foreach (var block in function.Blocks)
        {
            foreach (var edge in block.Terminator.Edges)
            {
                if (!blocks.Contains(edge.Target)) return $"block '{block.Name}' leads to '{edge.Target.Name}', which is no block of the function";
            }
        }

        ControlFlow flow = new(function);
        if (flow.Predecessors(function.Entry).Count > 0) return "something jumps to the first block";
        if (function is { IsGlobal: true, Section: null } && !IsOfNumbers()) return "a global function takes at most five numbers and yields one";
        foreach (var block in flow.Order)
        {
            for (int i = 0; i < block.Operations.Count; i++)
            {
                var operation = block.Operations[i];
                foreach (var value in operation.Used)
                {
                    if (value is MayContinue && operation is not Branch) return $"block '{block.Name}': may_continue decides something else than a branch";
                    if (!Stands(flow, value, block, i)) return $"block '{block.Name}': a value of type {value.Type} is used where it is not defined on every way";
                }

                if (TypeProblem(operation) is { } problem) return $"block '{block.Name}': {problem}";
            }
        }

        return null;
    }

    private bool IsOfNumbers() => function.Returns is IrType.Int && function.Entry.Parameters.Count <= 5 && function.Entry.Parameters.TrueForAll(p => p.Type is IrType.Int);

    private bool Stands(ControlFlow flow, Value value, Block block, int index)
    {
        if (value is Constant) return true;
        if (!_places.TryGetValue(value, out var place)) return false;
        return place.Block == block ? place.Index < index : flow.IsReached(place.Block) && flow.Dominates(place.Block, block);
    }

    private string? TypeProblem(Operation operation) => operation switch
    {
        Binary x when x.Left.Type is IrType.Pointer && x.Operator is not (BinaryOperator.Add or BinaryOperator.Sub) => $"{x.Operator} of an address",
        Binary x when x.Left.Type is IrType.Pointer => x.Right.Type == IrType.I64 || x.Right.Type is IrType.Pointer ? null : $"an address is moved by {x.Right.Type}, not i64",
        Binary x when x.Left.Type is not IrType.Int || x.Left.Type != x.Right.Type => $"{x.Operator} of {x.Left.Type} and {x.Right.Type}",
        Compare x when x.Left.Type.Bits != x.Right.Type.Bits => $"{x.Left.Type} is compared with {x.Right.Type}",
        Convert x => ConversionProblem(x),
        SwapBytes x when x.Type.Bits is not (16 or 32 or 64) => $"the bytes of {x.Type} have no order",
        Select x when x.Condition.Type != IrType.Bool || x.Then.Type != x.Otherwise.Type => $"{x.Condition.Type} selects {x.Then.Type} or {x.Otherwise.Type}",
        Load x when x.Address.Type is not IrType.Pointer => $"a load from {x.Address.Type}",
        Store x when x.Address.Type is not IrType.Pointer => $"a store to {x.Address.Type}",
        Atomic x when x.Address.Type is not IrType.Pointer || x.Value.Type.Bits is not (32 or 64) => $"an atomic operation with {x.Value.Type} at {x.Address.Type}",
        MapReference x when module.Maps.All(m => m.Name != x.Map) => $"there is no map '{x.Map}'",
        MapCapacity x when x.Map.Type != IrType.AMap => $"a capacity of {x.Map.Type}",
        GlobalAddress x when module.Maps.All(m => m.Name != x.Map) => $"there is no section '{x.Map}'",
        FunctionAddress x when !functions.ContainsKey(x.Function) => $"there is no function '{x.Function}'",
        FieldAddress x => FieldProblem(x),
        KernelQuestion x => _paths.Find(x, out string problem) is { } path ? KernelSubject.Problem(x.Kind, path, x.Subject) : problem,
        LocalCall x => CallProblem(x),
        HelperCall or KernelCall when operation.Operands.Count > 5 => "a call takes at most five arguments",
        Branch x when x.Condition.Type != IrType.Bool => $"{x.Condition.Type} decides a branch",
        Return x when x.Value.Type != function.Returns => $"{x.Value.Type} is returned where {function.Returns} is promised",
        _ => null,
    } ?? (operation is Terminator end ? EdgeProblem(end) : null);

    private static string? ConversionProblem(Convert x) => x.Conversion switch
    {
        Conversion.Truncate => x.Type.Bits < x.Operand.Type.Bits ? null : $"{x.Operand.Type} is truncated to {x.Type}",
        Conversion.Reinterpret => x.Type.Bits == x.Operand.Type.Bits ? null : $"{x.Operand.Type} is seen as {x.Type}",
        _ => x.Type.Bits > x.Operand.Type.Bits ? null : $"{x.Operand.Type} is extended to {x.Type}",
    };

    private string? FieldProblem(FieldAddress x)
    {
        if (x.Address.Type is not IrType.Pointer) return $"a field of {x.Address.Type}";
        if (_paths.Find(x.Field, out string problem) is not { } path) return problem;
        return path.BitSize > 0 ? $"'{x.Field}' is a bit field, which has no address" : KernelSubject.Problem(CoreRelocationKind.FieldByteOffset, path, x.Field);
    }

    private string? CallProblem(LocalCall call)
    {
        if (!functions.TryGetValue(call.Function, out var callee)) return $"there is no function '{call.Function}'";
        if (callee.Returns != call.Type) return $"'{call.Function}' yields {callee.Returns}, not {call.Type}";
        return callee.Entry.Parameters.Select(p => p.Type).SequenceEqual(call.Operands.Select(o => o.Type)) ? null : $"'{call.Function}' takes other arguments";
    }

    private static string? EdgeProblem(Terminator end)
    {
        foreach (var edge in end.Edges)
        {
            bool fits = edge.Arguments.Count == edge.Target.Parameters.Count;
            for (int i = 0; fits && i < edge.Arguments.Count; i++) fits = edge.Arguments[i].Type == edge.Target.Parameters[i].Type;
            if (!fits) return $"block '{edge.Target.Name}' takes other values";
        }

        return null;
    }
}
