// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Ruche.Bpf.Features;

/// <summary>The running kernel's version, as programs see it in <c>LINUX_KERNEL_VERSION</c>. Decide by probes, not by this.</summary>
public static partial class KernelVersion
{
    /// <summary>The version.</summary>
    public static Version Current { get; } = Read();

    /// <summary>The version as <c>KERNEL_VERSION(a, b, c)</c> makes a number of it.</summary>
    public static uint Code => (uint)Current.Major << 16 | (uint)Current.Minor << 8 | (uint)Math.Min(Current.Build, 255);

    /// <summary>The version in what the kernel's files say. Some distributions hide the patch level in other places than the release.</summary>
    internal static Version Parse(string release, string build, string? signature)
    {
        // Ubuntu: "Ubuntu 5.4.0-12.15-generic 5.4.8"; Debian: "#1 SMP Debian 4.19.304-1 (2024-01-09)".
        const string Debian = "Debian ";
        int debian = build.IndexOf(Debian, StringComparison.Ordinal);
        Match match = signature is not null ? SignatureEnd().Match(signature) : Release().Match(debian < 0 ? "" : build[(debian + Debian.Length)..]);
        if (!match.Success) match = Release().Match(release);
        return match.Success
            ? new Version(Number(match, 1), Number(match, 2), Number(match, 3))
            : throw new BpfException($"read the kernel's version '{release}'", Errno.EINVAL);
    }

    private static int Number(Match match, int group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, provider: System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static Version Read()
    {
        const string Signature = "/proc/version_signature";
        return Parse(
            File.ReadAllText("/proc/sys/kernel/osrelease"),
            File.ReadAllText("/proc/sys/kernel/version"),
            File.Exists(Signature) ? File.ReadAllText(Signature) : null);
    }

    [GeneratedRegex(@"^(\d+)\.(\d+)(?:\.(\d+))?")]
    private static partial Regex Release();

    [GeneratedRegex(@"\s(\d+)\.(\d+)\.(\d+)\s*$")]
    private static partial Regex SignatureEnd();
}
