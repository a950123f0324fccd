// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Ruche.Cli.Bpf.Listing;

/// <summary>How things of one kind are listed.</summary>
internal interface IListingShape<T>
{
    /// <summary>The heads of the columns.</summary>
    string[] Head { get; }

    /// <summary>The cells of one row; a column that is empty in all rows is left out.</summary>
    string[] Cells(T item);

    /// <summary>Writes the members of the item's JSON object, named as bpftool names them.</summary>
    void WriteMembers(Utf8JsonWriter json, T item);
}
