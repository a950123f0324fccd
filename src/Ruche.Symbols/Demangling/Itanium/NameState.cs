// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

/// <summary>What the name of a function tells about the rest of it.</summary>
internal sealed class NameState
{
    /// <summary>Whether it ends in template arguments: then the type it returns follows.</summary>
    public bool EndsWithArguments { get; set; }

    /// <summary>Whether it is a constructor, destructor or conversion, which say what they return by their names.</summary>
    public bool HasNoResult { get; set; }

    /// <summary>What is written behind the parameters.</summary>
    public string Qualifiers { get; set; } = "";
}
