// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Cli.Bpf.Code;

/// <summary>Names functions by their types: <c>int count_bytes(struct xdp_md *ctx)</c>.</summary>
internal static class FunctionNames
{
    /// <summary>The prototype of each function, by the slot it starts at.</summary>
    public static IReadOnlyDictionary<int, string> Prototypes(ImmutableArray<FuncInfo> functions, BtfSpec? types) => types is null
        ? new Dictionary<int, string>()
        : functions.ToDictionary(function => function.Slot, function => Prototype(types, function.Type));

    private static string Prototype(BtfSpec types, int id)
    {
        string name = types.NameOf(id);
        if (types[id] is not BtfType.Function function || types[function.Prototype] is not BtfType.FunctionPrototype prototype) return name;
        StringBuilder text = new();
        text.Append(Declared(types.TypeNameOf(prototype.Return), name)).Append('(');
        text.AppendJoin(", ", prototype.Parameters.Select(parameter => parameter.Type == 0 ? "..." : Declared(types.TypeNameOf(parameter.Type), parameter.Name)));
        return text.Append(prototype.Parameters.IsEmpty ? "void)" : ")").ToString();
    }

    private static string Declared(string type, string name) => type.EndsWith('*') || name.Length == 0 ? type + name : $"{type} {name}";
}
