// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>Stable ids of what can be wrong with BTF (RU31xx) and BTF.ext (RU32xx).</summary>
internal static class BtfDiagnostics
{
    /// <summary>The image ends before what it announces.</summary>
    public const string Truncated = "RU3101";

    /// <summary>The image does not start with a BTF header of a known version.</summary>
    public const string BadHeader = "RU3102";

    /// <summary>The string section is not a sequence of zero-terminated strings.</summary>
    public const string BadStrings = "RU3103";

    /// <summary>A type has a kind that is not known and whose length cannot be told.</summary>
    public const string UnknownKind = "RU3104";

    /// <summary>A type id lies outside the set.</summary>
    public const string BadTypeId = "RU3105";

    /// <summary>A string offset lies outside the string section.</summary>
    public const string BadStringOffset = "RU3106";

    /// <summary>A type's fields contradict each other or exceed what can be represented.</summary>
    public const string BadType = "RU3107";

    /// <summary>Types contain themselves, or nest deeper than any real type does.</summary>
    public const string Cycle = "RU3108";

    /// <summary>The size of a type that has none was asked for.</summary>
    public const string NoSize = "RU3109";

    /// <summary>A split image and its base do not belong together.</summary>
    public const string BadBase = "RU3110";

    /// <summary>The bytes given for a value are fewer than its type has.</summary>
    public const string ShortValue = "RU3111";

    /// <summary>A BTF.ext image ends before what it announces.</summary>
    public const string ExtTruncated = "RU3201";

    /// <summary>The image does not start with a BTF.ext header of a known version.</summary>
    public const string ExtBadHeader = "RU3202";

    /// <summary>Records of a BTF.ext section are smaller than their kind needs, or not a multiple of four bytes.</summary>
    public const string ExtBadRecordSize = "RU3203";

    /// <summary>A record's instruction offset is not a multiple of the instruction size.</summary>
    public const string ExtBadOffset = "RU3204";
}
