// SPDX-License-Identifier: MIT
using Ruche.Symbols.Demangling.Itanium;
using Ruche.Symbols.Demangling.Rust;

namespace Ruche.Symbols.Demangling;

/// <summary>Turns the linker's names of C++ and Rust functions into those that people write.</summary>
public static class Demangler
{
    // The longest that compilers make have a few thousand characters.
    private const int Longest = 32 * 1024;

    /// <summary>The name as people write it; the name itself when it is not mangled, or not in a way that is known.</summary>
    public static string Demangle(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            return TryDemangle(name) ?? name;
        }
        catch (FormatException)
        {
            return name;
        }
    }

    private static string? TryDemangle(string name)
    {
        if (name.Length > Longest) return null;
        if (name.StartsWith("_R", StringComparison.Ordinal)) return RustParser.Demangle(name);
        if (!name.StartsWith("_Z", StringComparison.Ordinal)) return null;
        return (name.StartsWith("_ZN", StringComparison.Ordinal) ? RustLegacyParser.TryDemangle(name) : null) ?? ItaniumParser.Demangle(name, 2);
    }
}
