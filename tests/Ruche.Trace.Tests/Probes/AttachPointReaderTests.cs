// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Tests.Probes;

public sealed class AttachPointReaderTests
{
    [Theory]
    [InlineData("t:sched:sched_switch", "tracepoint", "sched|sched_switch")]
    [InlineData("rt:kfree_skb", "rawtracepoint", "kfree_skb")]
    [InlineData("k:vfs_*", "kprobe", "vfs_*")]
    [InlineData("kr:kvm:f", "kretprobe", "kvm|f")]
    [InlineData("f:f", "fentry", "f")]
    [InlineData("fr:f", "fexit", "f")]
    [InlineData("kfunc:f", "fentry", "f")]
    [InlineData("kretfunc:f", "fexit", "f")]
    [InlineData("u:/bin/bash:readline", "uprobe", "/bin/bash|readline")]
    [InlineData("ur:libc:malloc", "uretprobe", "libc|malloc")]
    [InlineData("U::probe", "usdt", "|probe")]
    [InlineData("i:1s", "interval", "1s")]
    [InlineData("p:hz:99", "profile", "hz|99")]
    [InlineData("s:faults:", "software", "faults|")]
    [InlineData("h:cycles:1e6", "hardware", "cycles|1e6")]
    [InlineData("w:0x10:8:rw", "watchpoint", "0x10|8|rw")]
    [InlineData("it:task:pin", "iter", "task|pin")]
    [InlineData("BEGIN", "begin", "")]
    [InlineData("Begin", "begin", "")]
    [InlineData("end", "end", "")]
    [InlineData("u:/bin/x:cpp:\"a::b\"", "uprobe", "/bin/x|cpp|a::b")]
    [InlineData("\"kprobe\":f", "kprobe", "f")]
    public void Short_and_old_names_stand_for_the_provider(string text, string provider, string parts)
    {
        var target = Read(text, new());

        Assert.NotNull(target);
        Assert.Equal(provider, target.Provider.Name);
        Assert.Equal(parts, string.Join('|', target.Parts.Select(p => p.Text)));
    }

    [Theory]
    [InlineData("KPROBE:f")]
    [InlineData("u2:f")]
    [InlineData("*:f")]
    public void Only_BEGIN_and_END_may_be_in_any_case_and_providers_have_no_wildcards(string text)
    {
        DiagnosticBag diagnostics = new();

        Assert.Null(Read(text, diagnostics));
        Assert.Equal("RU6101", Assert.Single(diagnostics.Items).Id);
    }

    [Fact]
    public void No_name_stands_for_two_providers()
    {
        string[] names = [.. ProbeProvider.All.SelectMany(p => new[] { p.Name, p.ShortName }).OfType<string>()];

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void What_messages_tell_to_write_is_right() => Assert.All(ProbeProvider.All, provider =>
    {
        foreach (string usage in provider.Usage.Split([", ", " or "], StringSplitOptions.None))
        {
            DiagnosticBag diagnostics = new();

            Assert.Same(provider, Read(usage, diagnostics)?.Provider);
            Assert.Empty(diagnostics.Items);
        }
    });

    [Fact]
    public void A_parameter_may_be_several_parts()
    {
        DiagnosticBag diagnostics = new();

        var target = Read("uprobe:$1", diagnostics, "libc:malloc");

        Assert.Equal(["libc", "malloc"], target!.Parts.Select(p => p.Text));
        Assert.Equal("tracepoint", Read("$1", diagnostics, "t:sched:sched_switch")?.Provider.Name);
        Assert.Empty(diagnostics.Items);
    }

    [Fact]
    public void A_parameter_that_is_not_given_is_reported()
    {
        DiagnosticBag diagnostics = new();

        Assert.Null(Read("interval:s:$3", diagnostics, "5", "vfs_read"));

        var diagnostic = Assert.Single(diagnostics.Items);
        Assert.Equal(("RU6116", "'$3' needs a parameter that is not given"), (diagnostic.Id, diagnostic.Message));
        Assert.Equal(["there are 2"], diagnostic.Notes);
    }

    private static ProbeTarget? Read(string attachPoint, DiagnosticBag diagnostics, params string[] parameters)
    {
        SourceText source = new($"{attachPoint} {{ }}", TestScripts.Name);
        var script = Trace.Parsing.Parser.Parse(source, diagnostics);
        var probe = Assert.IsType<Declaration.Probe>(Assert.Single(script.Declarations));
        return AttachPointReader.Read(Assert.Single(probe.AttachPoints), source, diagnostics, parameters);
    }
}
