// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Preamble;

/// <summary>A type as C names it, before its size is known. The set is closed.</summary>
internal abstract class CType
{
    private CType()
    {
    }

    /// <summary>A number or a typedef: <c>unsigned long</c>, <c>size_t</c>.</summary>
    public sealed class Named(string name) : CType
    {
        public string Name { get; } = name;
    }

    /// <summary>A struct, union or enum that is described elsewhere.</summary>
    public sealed class Tagged(string keyword, string name) : CType
    {
        public string Keyword { get; } = keyword;

        public string Name { get; } = name;
    }

    /// <summary>A struct or union with its members.</summary>
    public sealed class Composite(string keyword, string? name) : CType
    {
        public string Keyword { get; } = keyword;

        public string? Name { get; } = name;

        public List<CMember> Members { get; } = [];

        public bool IsPacked { get; set; }

        /// <summary>The alignment that an attribute asks for.</summary>
        public int Alignment { get; set; } = 1;
    }

    /// <summary>An enumeration with its values.</summary>
    public sealed class Enumeration(string? name) : CType
    {
        public string? Name { get; } = name;

        public List<CEnumerator> Values { get; } = [];
    }
}
