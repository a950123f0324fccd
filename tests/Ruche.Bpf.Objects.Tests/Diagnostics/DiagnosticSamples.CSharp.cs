// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Compiler.Tests.FrontEnds;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static IEnumerable<DiagnosticSample> CSharp()
    {
        yield return Program(CSharpDiagnostics.Heap, "a program that makes an array", "int[] counts = new int[4]; return counts.Length;");
        yield return Program(CSharpDiagnostics.LateCall, "a program that makes a delegate", "Func<int> answer = () => 42; return answer();");
        yield return Program(CSharpDiagnostics.Exceptions, "a program that throws", "throw new InvalidOperationException();");
        yield return Program(CSharpDiagnostics.FloatingPoint, "a program that computes a fraction", "return (int)(Bpf.KtimeGetNs() * 0.5);");
        yield return Program(CSharpDiagnostics.Recursion, "a program that calls itself", "return Run(in context);");
        yield return Program(CSharpDiagnostics.BaseLibrary, "a program that asks the process", "return Environment.TickCount;");
        yield return Program(CSharpDiagnostics.Type, "a program with a date", "DateTime now = default; return now.Year;");
        yield return Program(CSharpDiagnostics.StaticField, "a variable that begins with what is known later", "return Began;", "static int Began = Environment.TickCount;");
        yield return Program(CSharpDiagnostics.Map, "a map of unknown size", "return (int)Counts.Delete(1);", "static readonly BpfHashMap<uint, ulong> Counts;");
        yield return Program(CSharpDiagnostics.Program, "a program that takes the packet twice", "return 0;", "[Xdp] static int Twice(in XdpContext one, in XdpContext other) => 0;");
        yield return Program(CSharpDiagnostics.StackSize, "a program with a buffer of any size", "unsafe { byte* room = stackalloc byte[(int)Bpf.KtimeGetNs()]; return *room; }");
        yield return Program(CSharpDiagnostics.Instruction, "a program that asks where a local lies", "int local = 1; return Bpf.FieldExists(in local) ? 1 : 0;");
        yield return Program(CSharpDiagnostics.Missing, "a program that calls what is elsewhere", "return Elsewhere();", "static extern int Elsewhere();");
        yield return Program(
            CSharpDiagnostics.KernelCopy, "a program that copies a struct of the kernel", "return Bpf.GetCurrentTaskBtf<Task>() is var task ? task.pid : 0;", "[KernelType(\"struct task_struct\")] struct Task { public int pid; }");
        yield return new(CSharpDiagnostics.Assembly, "a text in the place of an assembly", () =>
        {
            string file = Path.Combine(Directory.CreateTempSubdirectory("ruche-sample-").FullName, "Bees.dll");
            System.IO.File.WriteAllText(file, "bees");
            return Found(file);
        });
    }

    private static DiagnosticSample Program(string id, string what, string body, string member = "") => new(id, what, () => Found(CSharpBuild.Build("Bees", "Bees.cs", $$"""
        [BpfObject]
        static class Bees
        {
            {{member}}

            [Xdp]
            static int Run(in XdpContext context)
            {
                {{body}}
            }
        }
        """)));

    private static Diagnostic Found(string assembly)
    {
        DiagnosticBag diagnostics = new();
        CSharpCompiler.Read(assembly, CSharpBuild.References, diagnostics);
        return Assert.Single(diagnostics.Items);
    }
}
