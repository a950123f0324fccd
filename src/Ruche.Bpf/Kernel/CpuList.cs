// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Kernel;

/// <summary>Sets of CPUs as the kernel writes them: <c>0-3,8</c>.</summary>
internal static class CpuList
{
    private static int[]? _possible;

    /// <summary>How many CPUs can ever be there: the number of values in an entry of a per-CPU map.</summary>
    public static int PossibleCount => (_possible ??= Read("possible")).Length;

    /// <summary>The CPUs that run now.</summary>
    public static int[] Online() => Read("online");

    /// <summary>The numbers of a list.</summary>
    public static int[] Parse(ReadOnlySpan<char> text)
    {
        List<int> cpus = [];
        foreach (Range part in text.Trim().Split(','))
        {
            ReadOnlySpan<char> range = text.Trim()[part];
            int dash = range.IndexOf('-');
            int first = int.Parse(dash < 0 ? range : range[..dash], NumberStyles.None, CultureInfo.InvariantCulture);
            int last = dash < 0 ? first : int.Parse(range[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
            for (int cpu = first; cpu <= last; cpu++) cpus.Add(cpu);
        }

        return [.. cpus];
    }

    private static int[] Read(string name) => Parse(File.ReadAllText($"/sys/devices/system/cpu/{name}"));
}
