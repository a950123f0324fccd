// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Verifier.Profiles;

/// <summary>A release of Linux, as far as its rules for programs go: 5.10, 6.12 …</summary>
/// <param name="Major">The number before the dot.</param>
/// <param name="Minor">The number after it.</param>
public readonly record struct KernelRelease(int Major, int Minor) : IComparable<KernelRelease>
{
    /// <summary>Whether one release is older than another.</summary>
    public static bool operator <(KernelRelease left, KernelRelease right) => left.CompareTo(right) < 0;

    /// <summary>Whether one release is newer than another.</summary>
    public static bool operator >(KernelRelease left, KernelRelease right) => left.CompareTo(right) > 0;

    /// <summary>Whether one release is as old as another, or older.</summary>
    public static bool operator <=(KernelRelease left, KernelRelease right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one release is as new as another, or newer.</summary>
    public static bool operator >=(KernelRelease left, KernelRelease right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(KernelRelease other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <summary>The release as people write it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
