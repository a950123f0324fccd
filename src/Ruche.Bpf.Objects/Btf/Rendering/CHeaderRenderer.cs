// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>
/// Writes types as a C header that compiles: in an order C accepts, and such that every struct has the size and offsets that BTF
/// gives it. Of two types with one name the second gets the suffix <c>___2</c>, which CO-RE ignores. Structs that are only pointed to are declared.
/// </summary>
public static class CHeaderRenderer
{
    /// <summary>The header as text.</summary>
    public static string Render(BtfSpec spec, CHeaderOptions? options = null)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Render(spec, text, options);
        return text.ToString();
    }

    /// <summary>Writes the header. Throws <see cref="Diagnostics.InvalidObjectException"/> when the types make no sense.</summary>
    public static void Render(BtfSpec spec, TextWriter output, CHeaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(output);
        options ??= new();
        output.Write($"#ifndef {options.Guard}\n#define {options.Guard}\n\n");
        if (options.PreserveAccessIndex)
        {
            output.Write("""
                #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
                #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
                #endif


                """);
        }
        CDefinitions definitions = new(spec, output);
        if (options.Roots.IsDefaultOrEmpty) definitions.DefineAll();
        foreach (int id in options.Roots) definitions.Define(id);
        if (options.PreserveAccessIndex) output.Write("#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n#pragma clang attribute pop\n#endif\n\n");
        output.Write($"#endif /* {options.Guard} */\n");
    }
}
