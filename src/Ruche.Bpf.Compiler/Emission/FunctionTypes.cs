// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>The types of functions, as the kernel wants them beside the code.</summary>
internal sealed class FunctionTypes(BtfBuilder types)
{
    private readonly Dictionary<IrType, int> _known = [];

    public int Add(Function function)
    {
        var parameters = function.Entry.Parameters.Select((p, i) => new BtfParameter(p.Name is { } name && char.IsAsciiLetter(name[0]) ? name : $"a{i}", Add(p.Type)));
        int prototype = types.Add(new BtfType.FunctionPrototype(Add(function.Returns), [.. parameters]));
        var linkage = function.Section is null && !function.IsGlobal ? BtfLinkage.Static : BtfLinkage.Global;
        return types.Add(new BtfType.Function(prototype, linkage) { Name = function.Name });
    }

    /// <summary>What is known of a function from how it is called.</summary>
    public int Prototype(IrType returns, IEnumerable<Value> arguments) =>
        types.Add(new BtfType.FunctionPrototype(Add(returns), [.. arguments.Select((a, i) => new BtfParameter($"a{i}", Add(a.Type)))]));

    private int Add(IrType type)
    {
        if (type is IrType.Void) return 0;
        if (_known.TryGetValue(type, out int id)) return id;
        BtfType added = type is IrType.Int
            ? new BtfType.Int(type.Bytes, IntEncoding.Signed, 0, type.Bytes * 8) { Name = type.Bytes switch { 1 => "signed char", 2 => "short", 4 => "int", _ => "long long" } }
            : new BtfType.Pointer(0);
        return _known[type] = types.Add(added);
    }
}
