// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using Ruche.Bpf.Features;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Trace.Diagnostics;

namespace Ruche.Trace.Tests.Running;

/// <summary>Scripts on the running kernel, and what they print: the cases of testdata/run. See <see cref="RunCase"/>.</summary>
[Trait("Category", "Kernel")]
public sealed class RunCaseTests(TracedProgram program) : IClassFixture<TracedProgram>
{
    private const string Functions = "functions";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly bool IsRequired = Environment.GetEnvironmentVariable("RUCHE_REQUIRE_KERNEL") == "1";

    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach (string file in RunCase.Files.Where(f => f != Functions))
                foreach (RunCase one in RunCase.Read(file)) names.Add(file, one.Name);
            return names;
        }
    }

    public static TheoryData<string> FunctionNames => [.. RunCase.Read(Functions).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void A_script_about_functions_of_the_kernel_prints_what_the_case_says(string name)
    {
        if (!Directory.Exists("/sys/bus/event_source/devices/kprobe")) Assert.Skip("this kernel has no kprobes");
        A_script_prints_what_the_case_says(Functions, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_prints_what_the_case_says(string file, string name)
    {
        if (!IsRequired && !Environment.IsPrivilegedProcess) Assert.Skip("bpf(2) needs root");
        RunCase one = RunCase.Read(file).Single(c => c.Name == name);
        if (one.Since > KernelVersion.Current) Assert.Skip($"needs Linux {one.Since}");
        if (one.NeededFile is { } needed && !File.Exists(needed)) Assert.Skip($"needs {needed}");
        using MemoryStream output = new(), errors = new();

        int exit = Run(one, output, errors);

        string printed = Encoding.UTF8.GetString(output.ToArray()), said = Encoding.UTF8.GetString(errors.ToArray());
        string all = $"{one.Script}\n--- printed\n{printed}\n--- said\n{said}\n--- exit {exit}";
        Assert.True(one.Matches(printed), $"expected /{one.Expected}/\n{all}");
        Assert.True(exit == one.Exit, $"expected exit {one.Exit}\n{all}");
        Assert.True(one.ExpectedErrors.Count > 0 || said.Length == 0, $"expected no word\n{all}");
        Assert.All(one.ExpectedErrors, pattern => Assert.True(System.Text.RegularExpressions.Regex.IsMatch(said, pattern), $"expected on standard error /{pattern}/\n{all}"));
    }

    private int Run(RunCase one, MemoryStream output, MemoryStream errors)
    {
        string text = one.Script.Replace("TESTER", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("IMPORTS", RunCase.Imports, StringComparison.Ordinal);
        if (text.Contains("PROGRAM", StringComparison.Ordinal)) text = text.Replace("PROGRAM", program.Path, StringComparison.Ordinal);
        DiagnosticBag diagnostics = new();
        TraceOptions options = new() { Parameters = [.. one.Parameters], IsUnsafeAllowed = one.IsUnsafe };
        if (one.EventBytes is { } bytes) options = options with { EventBytes = bytes };
        CompiledTrace? compiled = TraceScript.TryParse(text, TestScripts.Name, diagnostics, out var script) ? CompiledTrace.Compile(script, options, diagnostics) : null;
        foreach (var diagnostic in diagnostics.Items) errors.Write(Encoding.UTF8.GetBytes(DiagnosticText.Render(diagnostic, text) + "\n"));
        if (compiled is null) return 1;
        Verify(compiled);

        using CancellationTokenSource stop = new(Patience);
        using var run = TraceRun.Load(compiled, new()
        {
            Output = output,
            Errors = errors,
            IsJson = one.IsJson,
            IsQuiet = !one.IsLoud,
            Attached = () =>
            {
                if (one.Activity is null) return;
                Do(one.Activity);
                stop.Cancel();
            },
        });
        long begin = Stopwatch.GetTimestamp();
        int exit;
        try
        {
            exit = run.Run(stop.Token);
        }
        finally
        {
            program.Leave();
        }

        Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, $"still running after {Patience.TotalSeconds} s");
        return exit;
    }

    // Our verifier predicts this kernel best.
    private static void Verify(CompiledTrace compiled)
    {
        if (KernelVersion.Current is not { Major: 6, Minor: 18 }) return;
        foreach (var program in compiled.Object.Programs)
        {
            var verdict = ProgramVerifier.Verify(new ProgramReader(compiled.Object, KernelTypes.Running).Read(program), new() { KernelTypes = KernelTypes.Running });
            Assert.True(verdict.IsAccepted, $"{program.Name}: {verdict.Explanation?.Slot} {verdict.Explanation?.Detail}");
        }
    }

    private void Do(string activity)
    {
        switch (activity)
        {
            case "calls": program.Call(); break;
            case "opens": Open("/ruche/opens/this"); break;
            case "reads": Read(); break;
            case "yields": Yield(); break;
            case "nothing": break;
            default: throw new FormatException($"there is no activity '{activity}'");
        }
    }

    // From several processors at the same time.
    private static void Yield() => Parallel.For(0, 4, _ =>
    {
        for (int i = 0; i < 50_000; i++) Thread.Yield();
    });

    private static void Open(string path)
    {
        Assert.Throws<DirectoryNotFoundException>(() => File.OpenRead(path));
    }

    // A file would be read by another system call.
    private static void Read()
    {
        using AnonymousPipeServerStream from = new(PipeDirection.Out);
        using AnonymousPipeClientStream to = new(PipeDirection.In, from.ClientSafePipeHandle);
        from.Write(new byte[1000]);
        byte[] bytes = new byte[100];
        for (int i = 0; i < 10; i++) to.ReadExactly(bytes);
    }
}
