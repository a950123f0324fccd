// SPDX-License-Identifier: MIT
using Ruche.Trace.Language;

namespace Ruche.Trace.Tests.Language;

/// <summary>What editors are told of the places of probes on this host.</summary>
[Trait("Category", "Kernel")]
public sealed class ProbeLanguageTests
{
    private static readonly TraceWorkspace Workspace = new(new());

    [Fact]
    public void Hovering_over_a_trace_point_lists_its_fields() =>
        Assert.Contains("int dfd", Hover("tracepoint:syscalls:sys_enter_openat { }", "openat"), StringComparison.Ordinal);

    [Fact]
    public void Hovering_over_a_function_shows_its_prototype() =>
        Assert.StartsWith("ssize_t vfs_read(struct file *file, char", Hover("fentry:vfs_read { }", "vfs"), StringComparison.Ordinal);

    [Fact]
    public void Hovering_over_arguments_shows_their_types()
    {
        const string Script = "tracepoint:syscalls:sys_enter_openat { print(args.filename); print(args.flags); }";

        Assert.Equal("args.flags: int32", Hover(Script, "flags"));
        Assert.Contains("const char *filename", Hover(Script, "args"), StringComparison.Ordinal);
    }

    [Fact]
    public void Completions_after_args_are_the_fields_of_the_trace_point()
    {
        var found = Complete("tracepoint:syscalls:sys_enter_openat { printf(\"%s\", args.");

        Assert.Contains(found.Items, i => i is { Label: "filename", Kind: TraceCompletionKind.Field });
        Assert.DoesNotContain(found.Items, i => i.Label == "common_pid");
    }

    [Theory]
    [InlineData("begin /comm == \"a\" && curtask.‸/ { }", "tgid")]
    [InlineData("begin /curtask.‸", "tgid")]
    [InlineData("begin { curtask->‸ }", "pid comm real_parent")]
    [InlineData("begin { $t = (struct task_struct *)curtask; printf(\"%d\", $t->re‸", "real_parent")]
    [InlineData("begin { if (curtask.‸", "tgid")]
    [InlineData("begin { print(curtask.real_parent->‸\n  print(1); }\nend { }", "tgid")]
    public void Completions_after_values_are_their_fields(string marked, string labels)
    {
        var found = MarkedScript.Ask(Workspace, marked, (d, p) => d.CompletionsAt(p));

        Assert.All(labels.Split(' '), label => Assert.Contains(found.Items, i => i.Label == label));
    }

    [Theory]
    [InlineData("begin { $t = (struct task_str‸", "task_struct")]
    [InlineData("begin { print(sizeof(struct task_str‸)); }", "task_struct")]
    [InlineData("begin { $t = (union sigv‸ *)0; }", "sigval")]
    [InlineData("begin { print((enum pid_t‸", "pid_type")]
    public void Completions_after_the_word_for_a_type_are_types_of_the_kernel(string marked, string label) =>
        Assert.Contains(MarkedScript.Ask(Workspace, marked, (d, p) => d.CompletionsAt(p)).Items, i => i.Label == label && i.Kind is TraceCompletionKind.Type);

    [Fact]
    public void Completions_of_probes_are_those_that_the_host_has()
    {
        var found = Complete("tracepoint:sched:sched_sw");

        Assert.Contains(found.Items, i => i.Label == "tracepoint:sched:sched_switch");
        Assert.Contains(Complete("tracepoint:sch").Items, i => i.Label == "tracepoint:sched:");
        Assert.Contains(Complete("t:sched:").Items, i => i.Label == "tracepoint:sched:sched_switch");
        Assert.Equal((0, true), (found.Start, found.IsComplete));
    }

    [Fact]
    public void Long_lists_of_probes_are_cut()
    {
        var found = Complete("begin { }\nfentry:");

        Assert.Equal((200, false, 10), (found.Items.Count, found.IsComplete, found.Start));
    }

    [Fact]
    public void A_place_that_is_not_there_hides_no_other_mistake()
    {
        var said = Workspace.Open("tracepoint:sched:no_such { @x = 1; }\ninterval:s:1 { print(@x); $y = $z; }", TestScripts.Name).Diagnostics;

        Assert.Equal(["RU6110", "RU6202"], said.Select(d => d.Id));
    }

    private static string Hover(string script, string at) =>
        Workspace.Open(script, TestScripts.Name).HoverAt(script.IndexOf(at, StringComparison.Ordinal))?.Code ?? "";

    private static TraceCompletions Complete(string script) => Workspace.Open(script, TestScripts.Name).CompletionsAt(script.Length);
}
