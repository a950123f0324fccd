// SPDX-License-Identifier: MIT
using System.Text;

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
        using MemoryStream text = new();
        Render(spec, text, options);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>
    /// The definitions of structs, unions and enumerations one by one, without what they need; each ends with a semicolon and a line break, that of
    /// any other type is empty.
    /// </summary>
    /// <exception cref="Diagnostics.InvalidObjectException">A type makes no sense.</exception>
    public static IEnumerable<string> RenderEach(BtfSpec spec, IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(ids);
        return CDefinitions.EachAlone(spec, ids);
    }

    /// <summary>Writes the header as UTF-8. Throws <see cref="Diagnostics.InvalidObjectException"/> when the types make no sense.</summary>
    public static void Render(BtfSpec spec, Stream output, CHeaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(output);
        options ??= new();
        byte[] guard = Encoding.UTF8.GetBytes(options.Guard);
        Utf8Text text = new();
        text.Add("#ifndef "u8).Add(guard).Add("\n#define "u8).Add(guard).Add("\n\n"u8);
        if (options.PreserveAccessIndex)
        {
            text.Add("""
                #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
                #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
                #endif


                """u8);
        }
        CDefinitions definitions = new(spec, text, output);
        if (options.Roots.IsDefaultOrEmpty) definitions.DefineAll();
        foreach (int id in options.Roots) definitions.Define(id);
        if (options.PreserveAccessIndex) text.Add("#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n#pragma clang attribute pop\n#endif\n\n"u8);
        text.Add("#endif /* "u8).Add(guard).Add(" */\n"u8).MoveTo(output);
    }
}
