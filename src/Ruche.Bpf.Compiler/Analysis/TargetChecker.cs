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
            foreach (var block in function.Blocks)
            {
                foreach (var operation in block.Operations)
                {
                    if (operation is Load or Store or Atomic && operation.Operands[0].Type is IrType.Pointer { Space: AddressSpace.Any }) Wonder(function, operation);
                    if (operation is MapCapacity) Miss(function, operation);
                    if (Need(function, operation, target) is { } need) Report($"function '{function.Name}' {need}", PlaceOf(operation));
                }
            }
        }

        diagnostics.ThrowIfErrors();

        void Wonder(Function function, Operation operation) => diagnostics.Error(
            CompilerDiagnostics.UnknownAddress, $"function '{function.Name}' follows an address that comes from a number, or from two kinds of memory", PlaceOf(operation),
            "say what it leads to, or follow it where that is known");

        void Miss(Function function, Operation operation) => diagnostics.Error(
            CompilerDiagnostics.UnknownCapacity, $"function '{function.Name}' asks for the entries of a map that is known only when it runs", PlaceOf(operation),
            "name the map, or say how many there are");

        void Report(string what, Location where) =>
            diagnostics.Report(new(CompilerDiagnostics.TargetLacks, Severity.Error, $"{what}, which {target.Name} does not have", where));
    }

    private static string? Need(Function function, Operation operation, TargetProfile target) => operation switch
    {
        HelperCall x when !target.Has(x.Helper) => $"calls {HelperNames.NameOf(x.Helper)}",
        Atomic x when !target.HasFetchingAtomics && (x.Operator is not AtomicOperation.Add || function.Operations.Any(o => o.Used.Contains(x))) => "has an atomic operation other than an addition without a result",
        _ => null,
    };

    private static Location PlaceOf(Operation operation) => operation.Source is { } line ? new Location.Text(line.File, line.Line, line.Column) : Location.Unknown;
}
