// SPDX-License-Identifier: MIT

namespace Ruche.Bpf.Features;

/// <summary>The running kernel's version, as programs see it in <c>LINUX_KERNEL_VERSION</c>. Decide by probes, not by this.</summary>
public static class KernelVersion
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
        var exact = signature is not null ? AtStart(signature.TrimEnd()[(signature.TrimEnd().LastIndexOf(' ') + 1)..]) : debian < 0 ? null : AtStart(build[(debian + Debian.Length)..]);
        return exact ?? AtStart(release) ?? throw new BpfException($"read the kernel's version '{release}'", Errno.EINVAL);
    }

    // Two or three numbers with points between them.
    private static Version? AtStart(string text)
    {
        int at = 0;
        if (Number(text, ref at) is not { } major || at >= text.Length || text[at++] != '.' || Number(text, ref at) is not { } minor) return null;
        bool hasPatch = at < text.Length && text[at++] == '.';
        return new(major, minor, hasPatch ? Number(text, ref at) ?? 0 : 0);
    }

    private static int? Number(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return int.TryParse(text.AsSpan(start, at - start), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    private static Version Read()
    {
        const string Signature = "/proc/version_signature";
        return Parse(
            File.ReadAllText("/proc/sys/kernel/osrelease"),
            File.ReadAllText("/proc/sys/kernel/version"),
            File.Exists(Signature) ? File.ReadAllText(Signature) : null);
    }
}
