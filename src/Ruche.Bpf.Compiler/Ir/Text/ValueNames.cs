// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Compiler.Ir.Text;

/// <summary>One name for each value of a function: its own when no other has it, otherwise a number.</summary>
internal sealed class ValueNames
{
    private readonly Dictionary<Value, string> _names = new(ReferenceEqualityComparer.Instance);

    public ValueNames(Function function)
    {
        HashSet<string> taken = [];
        int next = 0;
        foreach (var value in function.Blocks.SelectMany(b => b.Parameters.Concat<Value>(b.Operations)))
        {
            if (value.Type is IrType.Void) continue;
            string name = value.Name is { } own && !char.IsAsciiDigit(own[0]) && taken.Add(own) ? own : (next++).ToString(CultureInfo.InvariantCulture);
            _names.Add(value, $"%{name}");
        }
    }

    /// <summary>A value that is no constant, by its name; a constant with its type.</summary>
    public string Typed(Value value) => value is Constant x ? $"{x.Type} {x.Signed}" : Of(value);

    /// <summary>A value where the reader knows which type it has.</summary>
    public string Operand(Value value, IrType expected) => value is Constant x && x.Type == expected ? Number(x) : Typed(value);

    public string Of(Value value) => value is Constant ? Typed(value) : _names.GetValueOrDefault(value, "%?");

    private static string Number(Constant constant) => constant.Signed.ToString(CultureInfo.InvariantCulture);
}
