// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>
/// The types of the kernel's own functions that a module calls, in the section in which loaders look for them. A loader compares them with the running
/// kernel's, structs without their members.
/// </summary>
internal sealed class KernelFunctionTypes
{
    private const string Section = ".ksyms";

    private readonly BtfSpec _kernel;
    private readonly BtfBuilder _types;
    private readonly Dictionary<int, int> _copies = new() { [0] = 0 };

    private KernelFunctionTypes(BtfSpec kernel, BtfBuilder types) => (_kernel, _types) = (kernel, types);

    /// <summary>Adds them, and yields what the object expects. Those that the kernel's types do not tell are described by how they are called.</summary>
    public static ImmutableArray<ExternSpec> Add(Module module, BtfBuilder types, FunctionTypes functionTypes)
    {
        Dictionary<string, KernelCall> calls = [];
        foreach (var function in module.Functions)
        {
            foreach (var block in function.Blocks)
            {
                foreach (var operation in block.Operations)
                {
                    if (operation is KernelCall call) calls.TryAdd(call.Function, call);
                }
            }
        }

        if (calls.Count == 0) return [];
        KernelFunctionTypes added = new(module.KernelTypes ?? BtfSpec.Empty, types);
        var externs = ImmutableArray.CreateBuilder<ExternSpec>();
        foreach (var call in calls.Values) externs.Add(new(call.Function, ExternKind.KernelFunction, added.Add(call, functionTypes), IsWeak: false));
        types.Add(new BtfType.DataSection(0, [.. externs.Select(e => new BtfSectionVariable(e.Type, 0, 0))]) { Name = Section });
        return externs.ToImmutable();
    }

    private int Add(KernelCall call, FunctionTypes functionTypes)
    {
        int prototype = _kernel.TryFind(BtfKind.Function, call.Function, out int id)
            ? Copied(((BtfType.Function)_kernel[id]).Prototype)
            : functionTypes.Prototype(call.Type, call.Operands);
        return _types.Add(new BtfType.Function(prototype, BtfLinkage.Extern) { Name = call.Function });
    }

    private int Copied(int id)
    {
        if (_copies.TryGetValue(id, out int known)) return known;
        var type = _kernel[id];
        if (TargetOf(type) is { } target) return _copies[id] = Copied(target);
        int copy = _copies[id] = _types.Reserve();
        _types[copy] = type switch
        {
            BtfType.Composite x => x with { Members = [] },
            BtfType.Pointer x => x with { Target = Copied(x.Target) },
            BtfType.Array x => x with { Element = Copied(x.Element), Index = Copied(x.Index) },
            BtfType.FunctionPrototype x => new BtfType.FunctionPrototype(Copied(x.Return), [.. x.Parameters.Select(p => p with { Type = Copied(p.Type) })]),
            _ => type,
        };
        return copy;
    }

    private static int? TargetOf(BtfType type) => type switch
    {
        BtfType.Typedef x => x.Target,
        BtfType.Const x => x.Target,
        BtfType.Volatile x => x.Target,
        BtfType.Restrict x => x.Target,
        BtfType.TypeTag x => x.Target,
        _ => null,
    };
}
