// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Diagnostics;

/// <summary>Finds what a misspelt name probably meant.</summary>
public static class NearestNames
{
    private const int Most = 3;
    private const int LongestCompared = 128;
    private const int ShortestContained = 4;

    /// <summary>A question with the closest candidates, such as <c>did you mean 'a' or 'b'?</c>; null when none is close.</summary>
    public static string? Question(string name, IEnumerable<string> candidates)
    {
        string[] close = Find(name, candidates);
        return close.Length == 0 ? null : $"did you mean {string.Join(" or ", close.Select(c => $"'{c}'"))}?";
    }

    /// <summary>The closest candidate; null when none is close.</summary>
    public static string? Closest(string name, IEnumerable<string> candidates) => Find(name, candidates).FirstOrDefault();

    /// <summary>The notes of a diagnostic about a name: <see cref="Question"/>, or none.</summary>
    internal static string[] Notes(string name, IEnumerable<string> candidates) =>
        Question(name, candidates) is { } question ? [question] : [];

    // Of all candidates that are equally close, three.
    private static string[] Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        int limit = Math.Max(1, name.Length / 3);
        SortedSet<string> closest = new(StringComparer.Ordinal);
        foreach (string candidate in candidates)
        {
            if (candidate == name || Distance(name, candidate, limit) is var distance && distance > limit) continue;
            if (distance < limit) closest.Clear();
            limit = distance;
            closest.Add(candidate);
        }

        return [.. closest.Take(Most)];
    }

    private static int Distance(string a, string b, int limit)
    {
        int gap = Math.Abs(a.Length - b.Length);
        if (Math.Min(a.Length, b.Length) >= ShortestContained
            && (a.Contains(b, StringComparison.OrdinalIgnoreCase) || b.Contains(a, StringComparison.OrdinalIgnoreCase)))
        {
            return 1 + (gap / 8);
        }

        return gap > limit || Math.Max(a.Length, b.Length) > LongestCompared ? limit + 1 : Edits(a, b, limit);
    }

    /// <summary>How many letters must be inserted, removed or changed; more than the limit is not counted out.</summary>
    private static int Edits(string a, string b, int limit)
    {
        Span<int> row = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            int least = row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > limit) return limit + 1;
        }

        return row[b.Length];
    }
}
