// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>Who calls whom, and where.</summary>
internal sealed class CallGraph
{
    private readonly Dictionary<string, List<(string Callee, SourceLine? Line)>> _calls = new(StringComparer.Ordinal);

    public void Add(string caller, string callee, SourceLine? line)
    {
        if (!_calls.TryGetValue(caller, out var calls)) _calls.Add(caller, calls = []);
        calls.Add((callee, line));
    }

    /// <summary>A function that may come to call itself, and the call that closes the circle; null when there is none.</summary>
    public (string Name, SourceLine? Line)? FindCycle()
    {
        HashSet<string> done = new(StringComparer.Ordinal), path = new(StringComparer.Ordinal);
        foreach (string caller in _calls.Keys)
        {
            if (Visit(caller, done, path) is { } cycle) return cycle;
        }

        return null;
    }

    private (string Name, SourceLine? Line)? Visit(string caller, HashSet<string> done, HashSet<string> path)
    {
        if (done.Contains(caller)) return null;
        path.Add(caller);
        foreach (var (callee, line) in _calls.GetValueOrDefault(caller, []))
        {
            if (path.Contains(callee)) return (callee, line);
            if (Visit(callee, done, path) is { } cycle) return cycle;
        }

        path.Remove(caller);
        done.Add(caller);
        return null;
    }
}
