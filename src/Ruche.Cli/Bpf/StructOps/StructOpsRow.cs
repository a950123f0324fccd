// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;

namespace Ruche.Cli.Bpf.StructOps;

/// <summary>A struct_ops map as it is listed.</summary>
internal sealed record StructOpsRow(uint Id, string Name, string KernelStruct)
{
    private const string ValuePrefix = "bpf_struct_ops_";

    /// <summary>Asks the kernel.</summary>
    public static StructOpsRow Of(BpfMap map)
    {
        string type = KernelTypes.Running.NameOf((int)map.Info.KernelValueType);
        return new(map.Id, map.Name, type.StartsWith(ValuePrefix, StringComparison.Ordinal) ? type[ValuePrefix.Length..] : type);
    }
}
