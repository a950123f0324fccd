// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;

namespace Ruche.Cli.Bpf.Listing;

/// <summary>Bytes in JSON as bpftool writes them: <c>["0x01","0xff"]</c>.</summary>
internal static class JsonBytes
{
    private static readonly JsonEncodedText[] Texts =
        [.. Enumerable.Range(0, 256).Select(b => JsonEncodedText.Encode(string.Create(CultureInfo.InvariantCulture, $"0x{b:x2}")))];

    /// <summary>Writes a member.</summary>
    public static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes)
    {
        json.WriteStartArray(name);
        foreach (byte b in bytes) json.WriteStringValue(Texts[b]);
        json.WriteEndArray();
    }
}
