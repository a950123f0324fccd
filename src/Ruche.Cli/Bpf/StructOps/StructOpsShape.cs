// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.StructOps;

/// <summary>How struct_ops maps are listed.</summary>
internal sealed class StructOpsShape : IListingShape<StructOpsRow>
{
    public string[] Head => ["ID", "NAME", "KERNEL STRUCT"];

    public string[] Cells(StructOpsRow row) => [Text.Of(row.Id), row.Name, row.KernelStruct];

    public void WriteMembers(Utf8JsonWriter json, StructOpsRow row)
    {
        json.WriteNumber("id", row.Id);
        json.WriteString("name", row.Name);
        json.WriteString("kernel_struct_ops", row.KernelStruct);
    }
}
