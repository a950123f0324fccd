// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Tests;

/// <summary>Scripts of the kind that users begin with: one-liners of the tutorial, and a script with a line of its own above.</summary>
public sealed class SeedTests
{
    private const string Latency = """
        # tcp-latency.bt
        #!/usr/bin/env bpftrace

        tracepoint:tcp:tcp_probe
        {
            @conn[args->saddr, args->sport, args->daddr, args->dport] = 1;
            @rtt[args->saddr, args->sport, args->daddr, args->dport] = 
                args->srtt_us / 1000;
        }

        interval:s:5
        {
            print(@rtt);
            clear(@rtt);
        }

        END
        {
            clear(@conn);
            clear(@rtt);
        }
        """;

    [Theory]
    [InlineData("tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }")]
    [InlineData("""
        tracepoint:syscalls:sys_enter_read { @start[tid] = nsecs; }
                     tracepoint:syscalls:sys_exit_read /@start[tid]/ {
                       @latency = hist(nsecs - @start[tid]); delete(@start[tid]);
                     }
        """)]
    [InlineData("tracepoint:tcp:tcp_retransmit_skb { @[kstack] = count(); }")]
    public void One_liners_are_read_without_a_word(string text)
    {
        DiagnosticBag diagnostics = new();

        Assert.True(TraceScript.TryParse(text, "-e", diagnostics, out var script));
        Assert.Empty(diagnostics.Items);
        Assert.Equal(TestScripts.Shape(text), TestScripts.Shape(script.Format()));
    }

    [Fact]
    public void A_script_with_lines_above_it_is_read_with_a_warning()
    {
        DiagnosticBag diagnostics = new();

        Assert.True(TraceScript.TryParse(Latency, TestScripts.Name, diagnostics, out var script));
        Assert.Equal(["RU6012"], diagnostics.Items.Select(d => d.Id));
        Assert.Equal(TestScripts.Shape(Latency), TestScripts.Shape(script.Format()));
    }
}
