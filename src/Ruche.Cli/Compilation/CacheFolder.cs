// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Compilation;

/// <summary>Where the command keeps what it can make again.</summary>
internal static class CacheFolder
{
    /// <summary>A folder of it, which may not be there yet.</summary>
    public static string Of(params ReadOnlySpan<string> parts) => Path.Combine([Root, "ruche", .. parts]);

    private static string Root =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
        : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache")
        : Path.GetTempPath();
}
