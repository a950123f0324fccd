// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Tests.Running;

/// <summary>What the processor counts, where it lets itself be asked.</summary>
[Trait("Category", "Kernel")]
public sealed class HardwareCounterTests
{
    [Fact]
    public void A_counter_of_the_processor_fires_or_is_said_to_be_missing()
    {
        if (Environment.GetEnvironmentVariable("RUCHE_REQUIRE_KERNEL") != "1" && !Environment.IsPrivilegedProcess) Assert.Skip("bpf(2) needs root");
        DiagnosticBag diagnostics = new();
        Assert.True(TraceScript.TryParse("hardware:instructions:1000 { printf(\"fired\\n\"); exit(); }", TestScripts.Name, diagnostics, out var script));
        var compiled = CompiledTrace.Compile(script, new(), diagnostics);
        Assert.NotNull(compiled);
        using MemoryStream output = new(), errors = new();
        using var run = TraceRun.Load(compiled, new() { Output = output, Errors = errors, IsQuiet = true });
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(60));

        if (Directory.Exists("/sys/bus/event_source/devices/cpu"))
        {
            run.Run(stop.Token);
            Assert.StartsWith("fired\n", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        }
        else
        {
            var refused = Assert.Throws<BpfException>(() => run.Run(stop.Token));
            Assert.Contains("the processor has no such counter", refused.Message, StringComparison.Ordinal);
        }
    }
}
