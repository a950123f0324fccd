// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>What is counted of an object's code: slots of eight bytes, with all functions, and bytes of stack on the deepest way through a program.</summary>
internal sealed record CodeFacts(int Slots, int Stack)
{
    /// <summary>Counts; a program that our verifier does not accept is a failure.</summary>
    public static CodeFacts Of(ObjectSpec spec)
    {
        int stack = 0;
        foreach (var program in spec.Programs)
        {
            var verdict = ProgramVerifier.Verify(new ProgramReader(spec, KernelTypes.Running).Read(program), new() { KernelTypes = KernelTypes.Running });
            Assert.True(verdict.IsAccepted, $"{program.Name} {verdict.Explanation?.Slot} {verdict.Explanation?.Detail}\n{Listing(spec)}");
            stack = Math.Max(stack, verdict.Statistics.StackDepth);
        }

        return new(SlotsOf(spec), stack);
    }

    public static int SlotsOf(ObjectSpec spec) => FunctionsOf(spec).Sum(f => f.Instructions.Length);

    public static string Listing(ObjectSpec spec) => string.Join("\n\n", FunctionsOf(spec).Select(f => $"{f.Name}:\n{Disassembler.Format(f.Instructions.AsMemory())}"));

    private static IEnumerable<FunctionSpec> FunctionsOf(ObjectSpec spec) => spec.Functions.Values.Concat(spec.Programs.Select(p => p.Entry)).DistinctBy(f => f.Name);
}
