// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Kernel;

/// <summary>The capabilities this process has in effect.</summary>
internal static class Capabilities
{
    public const int NetAdmin = 12;
    public const int SysAdmin = 21;
    public const int SysResource = 24;
    public const int PerfMon = 38;
    public const int Bpf = 39;

    /// <summary>Whether the process has the capability of that number.</summary>
    public static bool Has(int capability) => (Effective() >> capability & 1) != 0;

    private static ulong Effective()
    {
        const string Prefix = "CapEff:";
        foreach (string line in File.ReadLines("/proc/self/status"))
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
                return ulong.Parse(line.AsSpan(Prefix.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return 0;
    }
}
