// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>Finds what a module asks for that its target lacks and that no pass has put into other words.</summary>
internal static class TargetChecker
{
    /// <exception cref="InvalidObjectException">The target lacks something.</exception>
    public static void Check(Module module, TargetProfile target)
    {
        DiagnosticBag diagnostics = new();
        foreach (var map in module.Maps)
        {
            if (map.Type is MapType.RingBuf && !target.HasRingBuffer) Report($"map '{map.Name}' is a ring buffer", Location.Unknown);
        }

        foreach (var function in module.Functions)
        {
            HashSet<Value> used = new(function.Blocks.SelectMany(b => b.Operations).SelectMany(UsedBy), ReferenceEqualityComparer.Instance);
            foreach (var operation in function.Blocks.SelectMany(b => b.Operations))
            {
                if (Need(operation, target, used) is { } need) Report($"function '{function.Name}' {need}", PlaceOf(operation));
            }
        }

        diagnostics.ThrowIfErrors();

        void Report(string what, Location where) =>
            diagnostics.Report(new(CompilerDiagnostics.TargetLacks, Severity.Error, $"{what}, which {target.Name} does not have", where));
    }

    private static IEnumerable<Value> UsedBy(Operation operation) =>
        operation is Terminator end ? operation.Operands.Concat(end.Edges.SelectMany(e => e.Arguments)) : operation.Operands;

    private static string? Need(Operation operation, TargetProfile target, HashSet<Value> used) => operation switch
    {
        HelperCall x when !target.Has(x.Helper) => $"calls {HelperNames.NameOf(x.Helper)}",
        Atomic x when !target.HasFetchingAtomics && (x.Operator is not AtomicOperation.Add || used.Contains(x)) => "has an atomic operation other than an addition without a result",
        _ => null,
    };

    private static Location PlaceOf(Operation operation) => operation.Source is { } line ? new Location.Text(line.File, line.Line, line.Column) : Location.Unknown;
}
