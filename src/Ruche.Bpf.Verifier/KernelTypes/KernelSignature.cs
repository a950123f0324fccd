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
    private const string Older = "_impl";

    /// <summary>What the function is called since Linux 7.0, which lets programs leave out the arguments that the kernel fills in.</summary>
    public string PlainName => Plain(Name);

    /// <summary>A function's name without what older kernels end the names of such functions with.</summary>
    public static string Plain(string name) => name.EndsWith(Older, StringComparison.Ordinal) ? name[..^Older.Length] : name;

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
