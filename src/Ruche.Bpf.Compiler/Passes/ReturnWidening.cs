// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// A number that is sign-extended to be returned is made wide where it comes from. Constants need nothing then, and the verifier sees the range of what is
/// returned, which it loses in the shifts that a sign extension takes.
/// </summary>
internal sealed class ReturnWidening
{
    private readonly Function _function;
    private readonly Dictionary<BlockParameter, BlockParameter> _parameters = new(ReferenceEqualityComparer.Instance);

    private ReturnWidening(Function function) => _function = function;

    public static void Run(Function function)
    {
        ReturnWidening widening = new(function);
        foreach (var block in function.Blocks.ToList())
        {
            if (block.Terminator is not Return { Value: Convert { Conversion: Conversion.SignExtend, Type: IrType.Int { Width: 64 } } extended } end) continue;
            end.Replace(0, widening.Wide(extended.Operand, end));
        }
    }

    // The value with 64 bits, for an operation that has it at hand.
    private Value Wide(Value value, Operation user) => value switch
    {
        Constant x => new Constant(IrType.I64, x.Signed),
        BlockParameter x when !_function.Entry.Parameters.Contains(x) => Wide(x),
        Convert { Conversion: Conversion.ZeroExtend or Conversion.SignExtend } x => Before(user, new Convert(x.Conversion, IrType.I64, x.Operand)),
        Convert { Conversion: Conversion.Truncate, Operand: Load { Type: IrType.Int { Width: 64 } } word } when IsDecision(word) => word,
        Select x => Before(user, new Select(x.Condition, Wide(x.Then, user), Wide(x.Otherwise, user))),
        _ => Before(user, new Convert(Conversion.SignExtend, IrType.I64, value)),
    };

    // What was decided before is handed to these programs as it was returned, all 64 bits of it. Another argument may have anything in its upper half: the
    // kernel reads the lower one of what is returned, and verifiers that look at more refuse it.
    private bool IsDecision(Load word) => word.Address.Type is IrType.Pointer { Space: AddressSpace.Context }
        && _function.Section is { } section && (section.StartsWith("lsm", StringComparison.Ordinal) || section.StartsWith("fmod_ret", StringComparison.Ordinal));

    // A parameter beside the narrow one, which goes when nobody else looks at it.
    private BlockParameter Wide(BlockParameter parameter)
    {
        if (_parameters.TryGetValue(parameter, out var known)) return known;
        BlockParameter wide = new(IrType.I64) { Name = parameter.Name };
        _parameters.Add(parameter, wide);
        var block = _function.Blocks.First(b => b.Parameters.Contains(parameter));
        int narrow = block.Parameters.IndexOf(parameter), index = block.Parameters.Count;
        block.Parameters.Add(wide);
        List<(Terminator End, int Edge)> ways = [.. _function.Blocks.Select(b => b.Terminator).SelectMany(t => t.Edges.Select((e, i) => (e, i)).Where(e => e.e.Target == block).Select(e => (t, e.i)))];

        // Each way has a place for it before any is filled: what is given may lead here again.
        foreach (var (end, edge) in ways) end.Redirect(edge, new(block, [.. end.Edges[edge].Arguments, wide]));
        foreach (var (end, edge) in ways)
        {
            var given = Wide(end.Edges[edge].Arguments[narrow], end);
            end.Edges[edge].Replace(index, given);
        }

        return wide;
    }

    private T Before<T>(Operation user, T operation)
        where T : Operation
    {
        operation.Source = user.Source;
        var block = _function.Blocks.First(b => b.Operations.Contains(user));
        block.Operations.Insert(block.Operations.IndexOf(user), operation);
        return operation;
    }
}
