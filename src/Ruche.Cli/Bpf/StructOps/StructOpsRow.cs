// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Bpf.StructOps;

/// <summary>A struct_ops map as it is listed.</summary>
internal sealed record StructOpsRow(uint Id, string Name, string KernelStruct);
