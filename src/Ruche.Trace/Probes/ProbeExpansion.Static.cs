// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;

namespace Ruche.Trace.Probes;

/// <content>Static trace points of programs and libraries.</content>
internal sealed partial class ProbeExpansion
{
    /// <summary>A trace point as scripts name it.</summary>
    public static ProbeSite.UserProbe Static(UsdtPoint point) =>
        new($"usdt:{point.Path}:{point.Provider}:{point.Name}", point.Path, null, point.Offset, false) { Point = point };

    private ImmutableArray<ProbeSite> StaticProbes()
    {
        string file = _parts[0], provider = _parts.Length > 2 ? _parts[1] : "";
        if (file is "" or "*" && _places.Pid is null) return Error(TraceDiagnostics.BadPlace, 0, "the probe names no file", "write usdt:/path/to/binary:probe, or give a process with -p");
        try
        {
            NamePattern providers = new(provider.Length == 0 ? "*" : provider), names = new(_parts[^1]);
            List<UsdtPoint> points = [.. StaticPointsOf(file)];
            ImmutableArray<ProbeSite> found = [.. points.Where(p => providers.Matches(p.Provider) && names.Matches(p.Name)).Select(Static)];
            return !found.IsEmpty ? found : Missing($"'{file}' has no static trace point '{string.Join(':', _parts.Skip(1))}'", () => NearestNames.Question(_parts[^1], points.Select(p => p.Name).Distinct()));
        }
        catch (BpfException e)
        {
            return Missing($"'{file}' cannot be probed: {e.Hint ?? e.Message}");
        }
    }

    private IEnumerable<UsdtPoint> StaticPointsOf(string file) =>
        file is "" or "*" ? UsdtPoints.FilesOf(_places.Pid!.Value).SelectMany(UsdtPoints.In)
        : NamePattern.IsWild(file) ? FilePattern.Find(file).SelectMany(InOneOfMany)
        : UsdtPoints.In(file);

    // Files that a pattern matches need not be programs.
    private static IReadOnlyList<UsdtPoint> InOneOfMany(string path)
    {
        try
        {
            return UsdtPoints.In(path);
        }
        catch (BpfException)
        {
            return [];
        }
    }
}
