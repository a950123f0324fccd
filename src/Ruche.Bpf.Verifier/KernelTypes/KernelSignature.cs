// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Prototypes;

namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>A kernel function that programs may call, as the kernel's types describe it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">The kernel's types.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Result">The type it returns.</param>
/// <param name="Function">What else is known about it; null when it is not in the table.</param>
internal sealed record KernelSignature(string Name, BtfSpec Types, ImmutableArray<BtfParameter> Parameters, int Result, KernelFunction? Function)
{
    /// <summary>The function of a name; null when the kernel has none that programs may call.</summary>
    public static KernelSignature? Find(string name, BtfSpec? kernel)
    {
        if (kernel is null || !kernel.TryFind(BtfKind.Function, name, out int id)) return null;
        var prototype = (BtfType.FunctionPrototype)kernel[((BtfType.Function)kernel[id]).Prototype];
        return new(name, kernel, prototype.Parameters, prototype.Return, KernelFunctionTable.Find(name));
    }

    /// <summary>Whether the kernel says something about it.</summary>
    public bool Is(KernelFunctionFlags flags) => Function is { } function && (function.Flags & flags) == flags;

    /// <summary>Whether a parameter's name ends so: that is how the kernel says more about a parameter than its type.</summary>
    public bool IsMarked(int index, string suffix) => index < Parameters.Length && Parameters[index].Name.EndsWith(suffix, StringComparison.Ordinal);
}
