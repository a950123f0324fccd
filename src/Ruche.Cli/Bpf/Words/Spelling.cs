// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Cli.Bpf.Words;

/// <summary>Offers the nearest of the names there are.</summary>
internal static class Spelling
{
    /// <summary>The end of a message about an unknown name; empty when no name is near.</summary>
    public static string Question(string name, IEnumerable<string> candidates) => NearestNames.Question(name, candidates) is { Length: > 0 } question ? $"; {question}" : "";
}
