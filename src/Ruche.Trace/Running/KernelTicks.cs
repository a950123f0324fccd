// SPDX-License-Identifier: MIT
using System.Globalization;
using System.IO.Compression;

namespace Ruche.Trace.Running;

/// <summary>How often the kernel's clock ticks: what its headers call HZ, and only its configuration tells.</summary>
internal static class KernelTicks
{
    private const string Setting = "CONFIG_HZ=";

    /// <summary>The ticks in a second; null when the kernel shows its configuration nowhere.</summary>
    public static ulong? PerSecond()
    {
        string release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        string[] places = ["/proc/config.gz", $"/boot/config-{release}", $"/lib/modules/{release}/config"];
        if (Array.Find(places, File.Exists) is not { } place) return null;
        using Stream file = File.OpenRead(place);
        using Stream plain = place.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader lines = new(plain);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith(Setting, StringComparison.Ordinal)) return ulong.Parse(line.AsSpan(Setting.Length), CultureInfo.InvariantCulture);
        }

        return null;
    }
}
