// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// What BTF.ext says about the code, by ELF section: which function starts where, which source line a slot comes from, and which
/// constants depend on the running kernel. Slots count from the start of the section here. Immutable.
/// </summary>
public sealed partial class BtfExt
{
    /// <summary>Nothing about any section.</summary>
    public static BtfExt Empty { get; } = new();

    /// <summary>Function records by section.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<FuncInfo>> AllFunctions { get; init; } = new Dictionary<string, ImmutableArray<FuncInfo>>();

    /// <summary>Line records by section; their strings are offsets into the BTF this was read with.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<LineInfo>> AllLines { get; init; } = new Dictionary<string, ImmutableArray<LineInfo>>();

    /// <summary>CO-RE relocations by section.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<CoreRelocation>> AllCoreRelocations { get; init; } = new Dictionary<string, ImmutableArray<CoreRelocation>>();

    /// <summary>The function records of a section, as stored.</summary>
    public ImmutableArray<FuncInfo> Functions(string section) => AllFunctions.GetValueOrDefault(section, []);

    /// <summary>The line records of a section, as stored.</summary>
    public ImmutableArray<LineInfo> Lines(string section) => AllLines.GetValueOrDefault(section, []);

    /// <summary>The CO-RE relocations of a section, as stored.</summary>
    public ImmutableArray<CoreRelocation> CoreRelocations(string section) => AllCoreRelocations.GetValueOrDefault(section, []);
}
