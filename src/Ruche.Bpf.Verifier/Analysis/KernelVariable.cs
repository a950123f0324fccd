// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>The addresses of the kernel's own symbols.</summary>
internal static class KernelVariable
{
    /// <summary>What a wide load of a symbol's address gives.</summary>
    public static Value Load(Walk walk, string name)
    {
        var origin = walk.Made(OriginKind.Constant);
        if (walk.Kernel is not { } kernel || !kernel.TryFind(BtfKind.Variable, name, out int id))
        {
            if (walk.Kernel is not { } types || !types.TryFind(BtfKind.Function, name, out _)) return Value.Unknown(origin);
            if (!walk.Profile.Has(6, 4) && IsDeclaredAsFunction(walk, name)) Walk.Reject(VerifierRules.Feature, $"{name} is a function, and before 6.4 programs are told the addresses of variables only");
            return Value.Pointer(ValueKind.Memory, ValueFlags.ReadOnly, origin);
        }

        int type = kernel.Resolve(((BtfType.Variable)kernel[id]).Target);
        bool isPerCpu = IsPerCpu(kernel, id);
        if (kernel.KindOf(type) is BtfKind.Struct or BtfKind.Union)
        {
            return Value.Pointer(ValueKind.Btf, isPerCpu ? ValueFlags.PerCpu : ValueFlags.None, origin) with { Type = new(kernel, type) };
        }

        if (isPerCpu) return Value.Pointer(ValueKind.Btf, ValueFlags.PerCpu, origin) with { Type = new(kernel, type) };
        return Value.Pointer(ValueKind.Memory, ValueFlags.ReadOnly, origin) with { Size = kernel.TrySizeOf(type, out int size) ? size : 0 };
    }

    // Declared as nothing in particular, it is a number that the loader knows.
    private static bool IsDeclaredAsFunction(Walk walk, string name) => walk.Program.Types is { } own && own.TryFind(BtfKind.Function, name, out _);

    private static bool IsPerCpu(BtfSpec kernel, int id)
    {
        if (!kernel.TryFind(BtfKind.DataSection, ".data..percpu", out int section)) return false;
        return kernel[section] is BtfType.DataSection x && x.Variables.Any(v => v.Type == id);
    }
}
