// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Relocation;

internal static class CoreDiagnostics
{
    /// <summary>The target has no type of that name and kind.</summary>
    public const string MissingType = "RU3501";

    /// <summary>The target's type has no such field, or one of another kind.</summary>
    public const string MissingField = "RU3502";

    /// <summary>The target's enumeration has no such value.</summary>
    public const string MissingEnumerator = "RU3503";

    /// <summary>The target has several types of that name, which answer differently.</summary>
    public const string Ambiguous = "RU3504";

    /// <summary>The record or its access path does not fit the object's own types.</summary>
    public const string BadRecord = "RU3505";

    /// <summary>The instruction cannot take the target's answer.</summary>
    public const string BadInstruction = "RU3506";

    /// <summary>The field's size differs from the object's, and the value read would be wrong.</summary>
    public const string SizeMismatch = "RU3507";
}
