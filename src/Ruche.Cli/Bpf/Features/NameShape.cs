// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Features;

/// <summary>How names alone are listed.</summary>
internal sealed class NameShape : IListingShape<string>
{
    public string[] Head => ["NAME"];

    public string[] Cells(string name) => [name];

    public void WriteMembers(Utf8JsonWriter json, string name) => json.WriteString("name", name);
}
