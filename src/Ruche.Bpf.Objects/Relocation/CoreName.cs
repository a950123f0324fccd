// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Relocation;

/// <summary>
/// Names of types and enumerators without their flavour: three underscores between other characters start a suffix that only
/// tells apart several local definitions of one kernel type.
/// </summary>
internal static class CoreName
{
    public static string Essential(string name) => name[..EssentialLength(name)];

    public static bool Match(string left, string right) =>
        left.AsSpan(0, EssentialLength(left)).SequenceEqual(right.AsSpan(0, EssentialLength(right)));

    private static int EssentialLength(string name)
    {
        for (int i = name.Length - 5; i >= 0; i--)
        {
            if (name[i] != '_' && name[i + 1] == '_' && name[i + 2] == '_' && name[i + 3] == '_' && name[i + 4] != '_') return i + 1;
        }

        return name.Length;
    }
}
