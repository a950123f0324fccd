// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Loading;

/// <summary>Resolves the kernel variables and functions that an object refers to.</summary>
internal sealed class SymbolTable
{
    private readonly Dictionary<string, ResolvedSymbol> _symbols = new(StringComparer.Ordinal);

    /// <summary>Resolves every extern of an object.</summary>
    /// <exception cref="BpfException">ENOENT: one that is not weak is missing.</exception>
    public static SymbolTable Resolve(ObjectSpec spec, KernelLookup kernel)
    {
        SymbolTable table = new();
        HashSet<string> untyped = new(StringComparer.Ordinal);
        foreach (var symbol in spec.Externs)
        {
            switch (symbol.Kind)
            {
                case ExternKind.KernelFunction:
                    table.AddFunction(spec, symbol, kernel);
                    break;
                case ExternKind.KernelVariable when symbol.Type != 0:
                    table.Add(spec, symbol, kernel.Find(BtfKind.Variable, symbol.Name), kernel, BtfKind.Variable);
                    break;
                case ExternKind.KernelVariable:
                    untyped.Add(symbol.Name);
                    break;
                case ExternKind.Function or ExternKind.Variable when !symbol.IsWeak:
                    throw new BpfException($"resolve '{symbol.Name}' of object '{spec.Name}'", Errno.ENOENT,
                        "another object must define it: link them statically first; or declare it __ksym if the kernel has it");
            }
        }

        if (untyped.Count > 0) table.AddUntyped(spec, untyped);
        return table;
    }

    /// <summary>What a name stands for; nothing when it is missing.</summary>
    public ResolvedSymbol this[string name] => _symbols.GetValueOrDefault(name);

    private void Add(ObjectSpec spec, ExternSpec symbol, KernelTarget target, KernelLookup kernel, BtfKind kind)
    {
        if (target.IsFound) _symbols[symbol.Name] = new(target, 0);
        else if (!symbol.IsWeak)
            throw Missing(spec, symbol.Name, kind is BtfKind.Function ? "kernel function" : "typed kernel variable", kernel.Nearest(kind, symbol.Name));
    }

    /// <summary>Objects declare a function as each of several kernels has it, weakly; the declaration that this kernel's function fits counts.</summary>
    private void AddFunction(ObjectSpec spec, ExternSpec symbol, KernelLookup kernel)
    {
        string name = CoreRelocator.KernelName(symbol.Name);
        var target = kernel.Find(BtfKind.Function, name);
        if (!target.IsFound || symbol.Type == 0 || CoreRelocator.CanCall(spec.Btf!, symbol.Type, kernel.TypesOf(target), target.Id))
            Add(spec, symbol, target, kernel, BtfKind.Function);
        else if (!symbol.IsWeak)
            throw new BpfException($"resolve '{symbol.Name}' of object '{spec.Name}'", Errno.EINVAL,
                $"this kernel's function '{name}' takes or returns something else; declare it as the kernel does, or __weak if the program can do without");
    }

    private void AddUntyped(ObjectSpec spec, HashSet<string> names)
    {
        var addresses = KernelSymbols.Find(names);
        foreach (var symbol in spec.Externs)
        {
            if (symbol.Kind is not ExternKind.KernelVariable || symbol.Type != 0) continue;
            if (addresses.TryGetValue(symbol.Name, out ulong address)) _symbols[symbol.Name] = new(default, address);
            else if (!symbol.IsWeak) throw Missing(spec, symbol.Name, "kernel symbol", null);
        }
    }

    private static BpfException Missing(ObjectSpec spec, string name, string what, string? question) => new(
        $"resolve '{name}' of object '{spec.Name}'", Errno.ENOENT,
        $"this kernel has no {what} of that name{(question is null ? "" : $"; {question}")}; declare it __weak if the program can do without");
}
