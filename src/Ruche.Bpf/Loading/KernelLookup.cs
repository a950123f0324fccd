// SPDX-License-Identifier: MIT
using System.Collections;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Loading;

/// <summary>Looks names up in the types of the kernel, then in those of its modules, which are opened only when the kernel's do not suffice.</summary>
internal sealed class KernelLookup(LoadOptions options) : IReadOnlyList<BtfSpec>, IDisposable
{
    private BtfSpec? _kernel;
    private List<ModuleTypes>? _modules;

    /// <summary>The types of the kernel itself.</summary>
    public BtfSpec Kernel => _kernel ??= options.KernelTypes is { } path ? KernelTypes.Read(path) : KernelTypes.Running;

    /// <summary>The types of all modules.</summary>
    public IReadOnlyList<ModuleTypes> Modules => _modules ??= ModuleTypes.OpenAll(Kernel);

    /// <summary>The kernel and its modules; counting them reads no types.</summary>
    public int Count => 1 + Modules.Count;

    /// <summary>The types of the kernel, at 0, or of a module.</summary>
    public BtfSpec this[int index] => index == 0 ? Kernel : Modules[index - 1].Types;

    /// <summary>Finds a type by kind and name, in the kernel and all modules, or in the one whose name is given: <c>vmlinux</c> is the kernel.</summary>
    public KernelTarget Find(BtfKind kind, string name, string? owner = null)
    {
        if (owner is null or "vmlinux" && Kernel.TryFind(kind, name, out int id)) return new(id, null);
        if (owner is "vmlinux") return default;
        foreach (var module in Modules)
        {
            if (owner is not null && module.Name != owner) continue;
            // A module's set continues the kernel's: what a module adds stands behind it.
            if (module.Types.Find(kind, name).FirstOrDefault(found => found >= module.Types.FirstId) is > 0 and var added) return new(added, module);
        }

        return default;
    }

    /// <summary>The types that a found one is among.</summary>
    public BtfSpec TypesOf(KernelTarget found) => found.Module?.Types ?? Kernel;

    /// <summary>Names of the kernel's types of a kind that resemble one.</summary>
    public string? Nearest(BtfKind kind, string name, string prefix = "")
    {
        var names = Kernel.IdsOf(kind).Select(Kernel.NameOf);
        if (prefix.Length > 0) names = names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => n[prefix.Length..]);
        return NearestNames.Question(name, names);
    }

    public IEnumerator<BtfSpec> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        foreach (var module in _modules ?? []) module.Dispose();
        _modules = null;
    }
}
