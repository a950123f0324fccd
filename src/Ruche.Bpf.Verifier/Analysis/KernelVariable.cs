// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
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
            return walk.Kernel is { } types && types.TryFind(BtfKind.Function, name, out _) ? Value.Pointer(ValueKind.Memory, ValueFlags.ReadOnly, origin) : Value.Unknown(origin);
        int type = kernel.Resolve(((BtfType.Variable)kernel[id]).Target);
        bool isPerCpu = IsPerCpu(kernel, id);
        if (kernel.KindOf(type) is BtfKind.Struct or BtfKind.Union)
        {
            return Value.Pointer(ValueKind.Btf, isPerCpu ? ValueFlags.PerCpu : ValueFlags.None, origin) with { Type = new(kernel, type) };
        }

        if (isPerCpu) return Value.Pointer(ValueKind.Btf, ValueFlags.PerCpu, origin) with { Type = new(kernel, type) };
        return Value.Pointer(ValueKind.Memory, ValueFlags.ReadOnly, origin) with { Size = kernel.TrySizeOf(type, out int size) ? size : 0 };
    }

    private static bool IsPerCpu(BtfSpec kernel, int id)
    {
        if (!kernel.TryFind(BtfKind.DataSection, ".data..percpu", out int section)) return false;
        return kernel[section] is BtfType.DataSection x && x.Variables.Any(v => v.Type == id);
    }
}
