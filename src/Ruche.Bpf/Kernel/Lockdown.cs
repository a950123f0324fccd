// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>Whether the kernel protects itself from root: <c>lockdown(7)</c>.</summary>
internal static class Lockdown
{
    private const string State = "/sys/kernel/security/lockdown";

    /// <summary><c>none</c>, <c>integrity</c> or <c>confidentiality</c>; null when the kernel does not say.</summary>
    public static string? Mode()
    {
        try
        {
            return Chosen(File.ReadAllText(State));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What a locked-down kernel refuses and the way out; null when it is not locked down.</summary>
    public static string? Hint() => Mode() switch
    {
        "confidentiality" => "the kernel is locked down (confidentiality): its memory may not be read, nor its functions probed; "
            + "boot with lockdown=none or lockdown=integrity",
        "integrity" => "the kernel is locked down (integrity): nothing may be changed that it relies on; boot with lockdown=none",
        _ => null,
    };

    /// <summary>The word in brackets of several.</summary>
    private static string? Chosen(string modes)
    {
        int start = modes.IndexOf('[', StringComparison.Ordinal), end = modes.IndexOf(']', StringComparison.Ordinal);
        return start >= 0 && end > start ? modes[(start + 1)..end] : null;
    }
}
