// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Compiler.Ir.Text;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static IEnumerable<DiagnosticSample> Compiler()
    {
        yield return new(CompilerDiagnostics.BadText, "a module with an operation that there is not", () =>
            Thrown(() => IrParser.Parse("function @f() -> i64 {\nentry:\n  %a = plus i64 1, 2\n}", "bees.ir")));
        yield return new(CompilerDiagnostics.StackTooLarge, "a program with a buffer of 600 bytes", () => Thrown(() => BpfCompiler.Compile(IrParser.Parse("""
            function @f(%ctx: ptr.context) -> i64 section "socket" {
            entry:
              %buffer = stack 600 align 8
              %done = call bpf_get_current_comm(%buffer, i64 600) -> i64
              return %done
            }
            """))));
        yield return new(CompilerDiagnostics.TargetLacks, "a program for a release that has not got the helper", () => Thrown(() => BpfCompiler.Compile(IrParser.Parse("""
            function @f(%ctx: ptr.context) -> i64 section "socket" {
            entry:
              %task = call bpf_get_current_task_btf() -> i64
              return %task
            }
            """), TargetProfile.Linux510)));
        yield return new(CompilerDiagnostics.UnknownCapacity, "a program that goes through a map from another", () => Thrown(() => BpfCompiler.Compile(IrParser.Parse("""
            map @outer array key 4 value 4 entries 1

            function @f(%ctx: ptr.context) -> i64 section "socket" {
            entry:
              %key = stack 4 align 4
              store %key, i32 0
              %outer = map @outer
              %found = call bpf_map_lookup_elem(%outer, %key) -> map
              %entries = capacity %found
              %wide = zero_extend %entries to i64
              return %wide
            }
            """))));
        yield return new(CompilerDiagnostics.UnknownAddress, "a program that follows a number", () => Thrown(() => BpfCompiler.Compile(IrParser.Parse("""
            function @f(%ctx: ptr.context) -> i64 section "socket" {
            entry:
              %time = call bpf_ktime_get_ns() -> i64
              %there = reinterpret %time to ptr.any
              %number = load i64 %there
              return %number
            }
            """))));
    }
}
