// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Passes;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>Runs functions that need nothing but constants while compiling.</summary>
internal sealed class ConstantRun(Module module, IReadOnlyDictionary<string, byte[]> sections)
{
    private const int MostSteps = 100_000, MostCalls = 64;

    private readonly Dictionary<(byte[] Memory, int Offset), Known> _addresses = [];
    private int _steps;
    private int _depth;

    // A number, or a place in memory.
    private readonly record struct Known(Constant? Number, byte[]? Memory, int Offset);

    /// <summary>Where it came to something that is not known when compiling.</summary>
    public SourceLine? StoppedAt { get; private set; }

    /// <summary>Whether it came to its end.</summary>
    public bool TryRun(Function function) => Run(function, []) is not null;

    private Known? Run(Function function, Known[] arguments)
    {
        if (++_depth > MostCalls) return null;
        Dictionary<Value, Known> values = new(ReferenceEqualityComparer.Instance);
        var block = function.Entry;
        Bind(values, block, arguments);
        while (true)
        {
            foreach (var operation in block.Body)
            {
                if (++_steps > MostSteps || !TryDo(operation, values)) return Stop(operation);
            }

            if (block.Terminator is Return end)
            {
                _depth--;
                return Value(end.Value, values);
            }

            if (Next(block.Terminator, values) is not { } edge) return Stop(block.Terminator);
            Bind(values, edge.Target, [.. edge.Arguments.Select(a => Value(a, values) ?? default)]);
            block = edge.Target;
        }
    }

    private Known? Stop(Operation operation)
    {
        StoppedAt ??= operation.Source;
        return null;
    }

    private static void Bind(Dictionary<Value, Known> values, Block block, Known[] given)
    {
        for (int i = 0; i < block.Parameters.Count; i++) values[block.Parameters[i]] = given[i];
    }

    private static Edge? Next(Terminator end, Dictionary<Value, Known> values) => end switch
    {
        Jump => end.Edges[0],
        Branch branch => Value(branch.Condition, values)?.Number is { } condition ? condition.Number != 0 ? branch.Then : branch.Otherwise : null,
        _ => null,
    };

    private static Known? Value(Value value, Dictionary<Value, Known> values) => value is Constant constant ? new Known(constant, null, 0) : values.TryGetValue(value, out var known) ? known : null;

    private bool TryDo(Operation operation, Dictionary<Value, Known> values)
    {
        Known[] given = new Known[operation.Operands.Count];
        for (int i = 0; i < given.Length; i++)
        {
            if (Value(operation.Operands[i], values) is not { } known) return false;
            given[i] = known;
        }

        if (operation is Store store) return TryStore(store, given[0], given[1]);
        if (Outcome(operation, given) is not { } outcome) return false;
        values[operation] = outcome;
        return true;
    }

    private Known? Outcome(Operation operation, Known[] given) => operation switch
    {
        StackSlot x => new Known(null, new byte[x.Size], 0),
        GlobalAddress x => sections.TryGetValue(x.Map, out byte[]? contents) ? new Known(null, contents, x.Offset) : null,
        // A map is declared: nothing is put there, whatever stands there.
        MapReference => new Known(new Constant(IrType.I64, 0), null, 0),
        Load x => Read(x, given[0]),
        LocalCall x => module.Functions.Find(f => f.Name == x.Function) is { } called ? Run(called, given) : null,
        Convert { Conversion: Conversion.Reinterpret } => given[0],
        Select => given[0].Number is { } condition ? given[condition.Number != 0 ? 1 : 2] : null,
        Binary { Operator: BinaryOperator.Add } when given[0].Memory is not null && given[1].Number is { } distance => given[0] with { Offset = given[0].Offset + (int)distance.Signed },
        Binary { Operator: BinaryOperator.Sub } when given[0].Memory is not null && given[1].Number is { } distance => given[0] with { Offset = given[0].Offset - (int)distance.Signed },
        _ when Array.TrueForAll(given, g => g.Number is not null) => Computed(operation, given),
        _ => null,
    };

    private static Known? Computed(Operation operation, Known[] given)
    {
        Operation? same = operation switch
        {
            Binary x => new Binary(x.Operator, given[0].Number!, given[1].Number!),
            Compare x => new Compare(x.Relation, given[0].Number!, given[1].Number!),
            Convert x => new Convert(x.Conversion, x.Type, given[0].Number!),
            SwapBytes => new SwapBytes(given[0].Number!),
            _ => null,
        };
        return same is not null && FoldRules.Simplify(same) is Constant number ? new Known(number, null, 0) : null;
    }

    private Known? Read(Load load, Known address)
    {
        int offset = address.Offset + load.Offset, bytes = load.Type.Bytes;
        if (address.Memory is not { } memory || offset < 0 || offset + bytes > memory.Length) return null;
        if (_addresses.TryGetValue((memory, offset), out var stored)) return load.Type is IrType.Pointer || bytes == 8 ? stored : null;
        Span<byte> word = stackalloc byte[8];
        memory.AsSpan(offset, bytes).CopyTo(word);
        return new Known(new(load.Type, BinaryPrimitives.ReadInt64LittleEndian(word)), null, 0);
    }

    private bool TryStore(Store store, Known address, Known value)
    {
        int offset = address.Offset + store.Offset, bytes = store.Value.Type.Bytes;
        if (address.Memory is not { } memory || offset < 0 || offset + bytes > memory.Length) return false;
        _addresses.Remove((memory, offset));
        if (value.Number is null)
        {
            _addresses[(memory, offset)] = value;
            return !sections.Values.Contains(memory);
        }

        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(word, value.Number.Number);
        word[..bytes].CopyTo(memory.AsSpan(offset));
        return true;
    }
}
