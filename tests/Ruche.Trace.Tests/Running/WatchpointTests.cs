// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Trace.Tests.Running;

/// <summary>Memory of a process that the processor watches.</summary>
[Trait("Category", "Kernel")]
public sealed class WatchpointTests(FixedProgram program) : IClassFixture<FixedProgram>
{
    [Theory]
    [InlineData("counter", 8, "w", "10")]
    [InlineData("counter", 8, "rw", "10")]
    [InlineData("step", 8, "x", "10")]
    public void Accesses_are_counted(string symbol, int length, string accesses, string expected)
    {
        if (Environment.GetEnvironmentVariable("RUCHE_REQUIRE_KERNEL") != "1" && !Environment.IsPrivilegedProcess) Assert.Skip("bpf(2) needs root");
        if (!Directory.Exists("/sys/bus/event_source/devices/breakpoint")) Assert.Skip("this kernel watches no memory");
        int id = program.Id;
        ulong address = ElfFile.Read(File.ReadAllBytes(program.Path), program.Path).Symbols.Single(s => s.Name == symbol).Value;
        string text = string.Create(CultureInfo.InvariantCulture, $"watchpoint:0x{address:x}:{length}:{accesses} /pid == {id}/ {{ @ = count(); }}");
        DiagnosticBag diagnostics = new();
        Assert.True(TraceScript.TryParse(text, TestScripts.Name, diagnostics, out var script));
        var compiled = CompiledTrace.Compile(script, new() { Pid = id }, diagnostics);
        Assert.NotNull(compiled);
        using MemoryStream output = new(), errors = new();
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(60));

        using var run = TraceRun.Load(compiled, new()
        {
            Output = output,
            Errors = errors,
            IsQuiet = true,
            Attached = () =>
            {
                program.Step();
                stop.Cancel();
            },
        });
        run.Run(stop.Token);

        Assert.Equal($"\n\n@: {expected}\n", Encoding.UTF8.GetString(output.ToArray()));
    }
}
