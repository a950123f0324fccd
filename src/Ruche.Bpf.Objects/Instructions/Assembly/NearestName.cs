// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>Finds what a misspelled name probably meant.</summary>
internal static class NearestName
{
    /// <summary>The note <c>did you mean 'x'?</c>, or nothing when no candidate is close.</summary>
    public static string[] Note(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) >= bestDistance) continue;
            int distance = Distance(name, candidate);
            if (distance < bestDistance) (best, bestDistance) = (candidate, distance);
        }

        return best is null ? [] : [$"did you mean '{best}'?"];
    }

    // Levenshtein with one row. Names longer than this are not misspelled mnemonics, and their cost would be quadratic.
    private static int Distance(string a, string b)
    {
        const int Longest = 64;
        if (a.Length > Longest || b.Length > Longest) return int.MaxValue;
        Span<int> row = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
