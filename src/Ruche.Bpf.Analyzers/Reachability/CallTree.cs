// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;

namespace Ruche.Bpf.Analyzers.Reachability;

/// <summary>Who calls whom, and where.</summary>
internal sealed class CallTree
{
    private readonly List<IMethodSymbol> _callers = [];
    private readonly Dictionary<IMethodSymbol, List<(IMethodSymbol Callee, Location Where)>> _calls = new(SymbolEqualityComparer.Default);

    public void Add(IMethodSymbol caller, IMethodSymbol callee, Location where)
    {
        if (!_calls.TryGetValue(caller, out var calls))
        {
            _calls.Add(caller, calls = []);
            _callers.Add(caller);
        }

        calls.Add((callee, where));
    }

    /// <summary>A method that may come to call itself, and the call that closes the circle; null when there is none.</summary>
    public (IMethodSymbol Method, Location Where)? FindCycle()
    {
        HashSet<IMethodSymbol> done = new(SymbolEqualityComparer.Default), path = new(SymbolEqualityComparer.Default);
        foreach (var caller in _callers)
        {
            if (Visit(caller, done, path) is { } cycle) return cycle;
        }

        return null;
    }

    private (IMethodSymbol Method, Location Where)? Visit(IMethodSymbol caller, HashSet<IMethodSymbol> done, HashSet<IMethodSymbol> path)
    {
        if (done.Contains(caller) || !_calls.TryGetValue(caller, out var calls)) return null;
        path.Add(caller);
        foreach (var (callee, where) in calls)
        {
            if (path.Contains(callee)) return (callee, where);
            if (Visit(callee, done, path) is { } cycle) return cycle;
        }

        path.Remove(caller);
        done.Add(caller);
        return null;
    }
}
