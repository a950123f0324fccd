// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Instructions;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>Copies of blocks, in which what was copied stands for what it was copied from.</summary>
internal sealed class Copying
{
    private readonly Dictionary<Value, Value> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Block, Block> _blocks = [];

    /// <summary>What stands for a value: its copy, or itself.</summary>
    public Value this[Value value] => _values.GetValueOrDefault(value, value);

    /// <summary>The copy of a block, or the block.</summary>
    public Block Of(Block block) => _blocks.GetValueOrDefault(block, block);

    /// <summary>Has a value stand for another in the copies.</summary>
    public void Put(Value value, Value standsFor) => _values[value] = standsFor;

    /// <summary>What names the same map, variable or function again, null for every other value.</summary>
    public static Operation? Again(Value value) => value switch
    {
        MapReference x => new MapReference(x.Map),
        GlobalAddress x => new GlobalAddress(x.Map, x.Offset),
        FunctionAddress x => new FunctionAddress(x.Function),
        _ => null,
    };

    /// <summary>Copies blocks, each after those that dominate it; ways among them lead to the copies.</summary>
    public List<Block> Copy(IReadOnlyList<Block> blocks, Func<string, string> rename)
    {
        foreach (var block in blocks)
        {
            Block copy = new(rename(block.Name));
            _blocks.Add(block, copy);
            foreach (var parameter in block.Parameters)
            {
                BlockParameter standsFor = new(parameter.Type) { Name = parameter.Name };
                copy.Parameters.Add(standsFor);
                Put(parameter, standsFor);
            }
        }

        foreach (var block in blocks)
        {
            foreach (var operation in block.Operations)
            {
                var copy = Copy(operation);
                (copy.Name, copy.Source) = (operation.Name, operation.Source);
                Of(block).Add(copy);
                Put(operation, copy);
            }
        }

        return [.. blocks.Select(Of)];
    }

    private Operation Copy(Operation operation) => operation switch
    {
        Binary x => new Binary(x.Operator, this[x.Left], this[x.Right]),
        Compare x => new Compare(x.Relation, this[x.Left], this[x.Right]),
        Convert x => new Convert(x.Conversion, x.Type, this[x.Operand]),
        SwapBytes x => new SwapBytes(this[x.Operand]),
        Select x => new Select(this[x.Condition], this[x.Then], this[x.Otherwise]),
        StackSlot x => new StackSlot(x.Size, x.Alignment),
        Load x => new Load(x.Type, this[x.Address], x.Offset),
        Store x => new Store(this[x.Address], x.Offset, this[x.Value]),
        Atomic { Operator: AtomicOperation.CompareExchange } x => new Atomic(this[x.Address], x.Offset, this[x.Expected!], this[x.Value]),
        Atomic x => new Atomic(x.Operator, this[x.Address], x.Offset, this[x.Value]),
        MapReference x => new MapReference(x.Map),
        GlobalAddress x => new GlobalAddress(x.Map, x.Offset),
        FunctionAddress x => new FunctionAddress(x.Function),
        MapCapacity x => new MapCapacity(this[x.Map]),
        FieldAddress x => new FieldAddress(this[x.Address], x.Field),
        KernelQuestion x => new KernelQuestion(x.Kind, x.Subject),
        HelperCall x => new HelperCall(x.Helper, x.Type, Operands(x)),
        KernelCall x => new KernelCall(x.Function, x.Type, Operands(x)),
        LocalCall x => new LocalCall(x.Function, x.Type, Operands(x)),
        MayContinue => new MayContinue(),
        Jump x => new Jump(Copy(x.To)),
        Branch x => new Branch(this[x.Condition], Copy(x.Then), Copy(x.Otherwise)),
        Return x => new Return(this[x.Value]),
        _ => throw new UnreachableException($"no case for {operation.GetType().Name}"),
    };

    private Value[] Operands(Operation operation) => [.. operation.Operands.Select(o => this[o])];

    private Edge Copy(Edge edge) => new(Of(edge.Target), [.. edge.Arguments.Select(a => this[a])]);
}
