// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Cli.Bpf.Code;

/// <summary>A line of source that code came from.</summary>
internal sealed record CodeLine(string File, int Number, int Column, string Text)
{
    /// <summary>The line; null when its text is not known.</summary>
    public static CodeLine? Of(BtfSpec? types, LineInfo line) => types?.StringAt(line.Text).Trim() is { Length: > 0 } text
        ? new(types.StringAt(line.File), line.Line, line.Column, text)
        : null;

    /// <summary>The line as a comment in a listing.</summary>
    public string Comment(bool showsPlace) => showsPlace ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"; {Text} @ {File}:{Number}") : $"; {Text}";

    /// <summary>Writes the members that bpftool has.</summary>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("src", Text);
        json.WriteString("file", File);
        json.WriteNumber("line_num", Number);
        if (Column > 0) json.WriteNumber("line_col", Column);
    }
}
