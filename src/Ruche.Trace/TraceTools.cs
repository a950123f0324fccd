// SPDX-License-Identifier: MIT
namespace Ruche.Trace;

/// <summary>The scripts that come with Ruche.</summary>
public static class TraceTools
{
    private const string Folder = "tools/";

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(TraceTools).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>The script of a name; null when there is none.</summary>
    public static TraceTool? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        using var script = typeof(TraceTools).Assembly.GetManifestResourceStream(Folder + name);
        if (script is null) return null;
        using StreamReader reader = new(script);
        return new(name, reader.ReadToEnd());
    }
}
