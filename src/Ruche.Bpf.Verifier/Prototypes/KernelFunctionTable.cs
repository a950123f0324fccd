// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>The kfuncs of Linux 6.18 and of the modules that come with it.</summary>
public static partial class KernelFunctionTable
{
    private static readonly Lazy<Dictionary<string, KernelFunction>> Table = new(Collect);

    /// <summary>
    /// What is known about a kfunc; null for a name that is none. Since Linux 7.0 those with <c>_impl</c> at the end of their names have others
    /// beside them, without it and without the arguments that the kernel fills in.
    /// </summary>
    public static KernelFunction? Find(string name) => Table.Value.GetValueOrDefault(name) ?? Table.Value.GetValueOrDefault(name + "_impl");

    private static Dictionary<string, KernelFunction> Collect() =>
        Common().Concat(Objects()).Concat(Packets()).Concat(Sockets()).Concat(Kernel()).Concat(Scheduling())
        .ToDictionary(f => f.Name, StringComparer.Ordinal);

    private static KernelFunction Of(string name, int major, int minor, KernelFunctionFlags flags = KernelFunctionFlags.None) =>
        new(name, new KernelRelease(major, minor), flags);

    private static IEnumerable<KernelFunction> For(KernelFunctionHooks hooks, params IEnumerable<KernelFunction> functions) =>
        For(hooks, KernelFunctionLimit.None, functions);

    private static IEnumerable<KernelFunction> For(KernelFunctionHooks hooks, KernelFunctionLimit limit, params IEnumerable<KernelFunction> functions) =>
        functions.Select(f => f with { Hooks = hooks, Limit = limit });
}
