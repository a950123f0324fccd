// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>Writes types as they are stored as one JSON document, byte for byte what bpftool writes.</summary>
public static class JsonRenderer
{
    private const int FlushAt = 1 << 15;

    /// <summary>
    /// Writes the types with these ids, all of the set's own when there are none, as UTF-8 with a line end. Throws
    /// <see cref="Diagnostics.InvalidObjectException"/> when a type makes no sense.
    /// </summary>
    public static void Render(BtfSpec spec, Stream output, ImmutableArray<int> ids = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(output);
        Utf8Text text = new();
        JsonDefinitions definitions = new(spec, text);
        int first = Math.Max(1, spec.FirstId), count = ids.IsDefaultOrEmpty ? spec.Count - first : ids.Length;
        text.Add("{\"types\":["u8);
        for (int i = 0; i < count; i++)
        {
            if (i > 0) text.Add(',');
            definitions.Write(ids.IsDefaultOrEmpty ? first + i : ids[i]);
            if (text.Length > FlushAt) text.MoveTo(output);
        }

        text.Add("]}\n"u8).MoveTo(output);
    }
}
