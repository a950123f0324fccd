// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Ruche.Bpf.Analyzers.Bodies;
using Ruche.Bpf.Analyzers.Declarations;
using Ruche.Bpf.Analyzers.Symbols;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Reachability;

/// <summary>Judges the objects of a compilation: what they declare, and all methods that their programs come to call.</summary>
internal sealed class ObjectAnalysis
{
    // A generic method that calls itself with ever larger types has no end.
    private const int DeepestTypes = 8;

    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly KernelSymbols _symbols;
    private readonly HashSet<IMethodSymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly Queue<IMethodSymbol> _open = new();
    private readonly CallTree _calls = new();
    private readonly Findings _findings = new();

    public ObjectAnalysis(Compilation compilation, KernelSymbols symbols, CancellationToken cancellation)
    {
        (_compilation, _symbols, _cancellation) = (compilation, symbols, cancellation);
        Bodies = new(compilation, cancellation);
        Fields = new(Types, _findings, compilation, cancellation);
    }

    public MethodBodies Bodies { get; }

    public ValueTypes Types { get; } = new();

    public FieldRules Fields { get; }

    public ImmutableArray<Diagnostic> Run()
    {
        foreach (var type in TypesIn(_compilation.Assembly.GlobalNamespace))
        {
            if (_symbols.IsObject(type)) Begin(type);
            else ReportStray(type);
        }

        while (_open.Count > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            var method = _open.Dequeue();
            foreach (var (body, model) in Bodies.Of(method)) new BodyChecker(this, method, model).Visit(body, null);
        }

        if (_calls.FindCycle() is var (repeated, where)) Report(Refusals.Recursion(TypeNames.Of(repeated)), where);
        return _findings.ToImmutable();
    }

    public void Report(Refusal refusal, Location where) => _findings.Add(refusal, where);

    /// <summary>Notes that a method is called; it is judged too when its code is here.</summary>
    public void Follow(IMethodSymbol caller, IMethodSymbol callee, Location where)
    {
        _calls.Add(caller.OriginalDefinition, callee.OriginalDefinition, where);
        if (callee.TypeArguments.Concat(callee.ContainingType.TypeArguments).All(t => DepthOf(t) < DeepestTypes) && _seen.Add(callee)) _open.Enqueue(callee);
    }

    private static int DepthOf(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: { IsEmpty: false } arguments } ? 1 + arguments.Max(DepthOf) : 0;

    private void Begin(INamedTypeSymbol type)
    {
        Fields.CheckAll(type);
        ProgramRules programs = new(Fields.Tables, _findings);
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (programs.IsAccepted(method) && _seen.Add(method)) _open.Enqueue(method);
        }
    }

    private void ReportStray(INamedTypeSymbol type)
    {
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (ProgramRules.IsProgram(method)) Report(DeclarationRefusals.NoObject(TypeNames.Of(method)), method.Locations[0]);
        }
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type) yield return type;
            if (member is not INamespaceOrTypeSymbol inner) continue;
            foreach (var nested in TypesIn(inner)) yield return nested;
        }
    }
}
