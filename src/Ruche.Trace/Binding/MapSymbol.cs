// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <summary>A map of the script, shared by all its programs. The types are what all uses have in common, and known when binding is done.</summary>
internal sealed class MapSymbol(string name, SourceSpan firstUse)
{
    /// <summary>The name without <c>@</c>; empty for the unnamed map.</summary>
    public string Name { get; } = name;

    /// <summary>Where the script mentions it first.</summary>
    public SourceSpan FirstUse { get; } = firstUse;

    public TypeInference Key { get; } = new(TraceType.None);

    public TypeInference Value { get; } = new(TraceType.None);

    /// <summary>The memory that pointers in its values lead to, when those are whole structures.</summary>
    public MemorySpace Space { get; set; }

    /// <summary>Whether the script uses it with keys; null before it has been seen in a way that tells.</summary>
    public bool? HasKey { get; set; }

    /// <summary>Whether the script assigns to it.</summary>
    public bool IsGiven { get; set; }

    /// <summary>How many entries it may have; null for what is usual.</summary>
    public uint? MostEntries { get; set; }

    /// <summary>Whether a full map drops what was not used for long, rather than refuse what is new.</summary>
    public bool DropsOldest { get; set; }

    /// <summary>Whether the script says that each processor has values of its own, as all maps have that sum up.</summary>
    public bool IsPerProcessor { get; set; }

    /// <summary>How values given to it are summed up; null for a map that keeps the last one.</summary>
    public Aggregation? Aggregation => Value.Type is TraceType.Aggregate x ? x.Of : null;

    public override string ToString() => $"@{Name}";
}
