// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>Finds names that resemble a mistyped one.</summary>
internal static class NearestNames
{
    private const int Wanted = 3;

    /// <summary>A question with the closest candidates, such as <c>did you mean a, b?</c>; null when none is close.</summary>
    public static string? Question(string name, IEnumerable<string> candidates)
    {
        var close = Find(name, candidates);
        return close.Length == 0 ? null : $"did you mean {string.Join(", ", close)}?";
    }

    /// <summary>Up to three candidates, closest first.</summary>
    public static string[] Find(string name, IEnumerable<string> candidates)
    {
        int limit = Math.Max(2, name.Length / 3);
        List<(int Distance, string Name)> close = [];
        foreach (string candidate in candidates)
        {
            int distance = candidate.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(candidate, StringComparison.OrdinalIgnoreCase)
                ? 1 + (Math.Abs(candidate.Length - name.Length) / 8)
                : Distance(name, candidate, limit);
            if (distance <= limit) close.Add((distance, candidate));
        }

        return [.. close.Distinct().OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal).Take(Wanted).Select(c => c.Name)];
    }

    /// <summary>How many letters must be inserted, removed or changed; more than <paramref name="limit"/> is not counted out.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit) return limit + 1;
        int[] previous = new int[b.Length + 1], current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) previous[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
