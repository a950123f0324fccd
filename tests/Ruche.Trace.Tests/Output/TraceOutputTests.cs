// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Output;
using Ruche.Trace.Output.Formats;

namespace Ruche.Trace.Tests.Output;

/// <summary>What is printed besides values and maps, as bpftrace 0.27 wrote it.</summary>
public sealed class TraceOutputTests
{
    private static readonly Location.Text Where = new("stdin", 1, 168, 22);

    private static readonly (string What, Action<TraceOutput> Print, string Text, string Errors, string Json)[] Cases =
    [
        ("one probe", o => o.AttachedProbes(1), "", "Attached 1 probe\n", """{"type": "attached_probes", "count": 1, "data": {"probes": 1}}"""),
        ("two probes", o => o.AttachedProbes(2), "", "Attached 2 probes\n", """{"type": "attached_probes", "count": 2, "data": {"probes": 2}}"""),
        ("printf", o => o.Printf(Format("hi \"4\n"u8), []), "hi \"4\n", "", """{"type": "printf", "data": "hi \"4\n"}"""),
        ("printf of a zero byte", o => o.Printf(Format("\0|"u8), []), "\0|", "", """{"type": "printf", "data": "\u0000|"}"""),
        ("time", o => o.Time("%H:%M:%S %f|", 0), "00:00:00 %f|", "", """{"type": "time", "data": "00:00:00 %f|"}"""),
        ("cat", o => o.Cat("bash\n"u8), "bash\n", "", """{"type": "cat", "data": "bash\n"}"""),
        ("join", o => o.Join("mkdir -p -m 700 x"u8), "mkdir -p -m 700 x\n", "", """{"type": "join", "data": "mkdir -p -m 700 x"}"""),
        ("system", o => o.CommandOutput("hi\n"u8), "hi\n\n", "", """{"type": "syscall", "data": "hi\n"}"""),
        ("errorf", o => o.Message(Severity.Error, Format("bad 1\n"u8), [], Where), "", "stdin:1:168: ERROR: bad 1\n",
            """{"type": "errorf", "msg": "bad 1\n", "filename": "stdin", "line": 1, "col": 168}"""),
        ("warnf", o => o.Message(Severity.Warning, Format("hm 2"u8), [], Where), "", "stdin:1:168: WARNING: hm 2\n",
            """{"type": "warnf", "msg": "hm 2", "filename": "stdin", "line": 1, "col": 168}"""),
        ("a helper's error", o => o.HelperError("map_update_elem", -7, "Argument list too long", Where), "", "stdin:1:168: WARNING: Argument list too long; map_update_elem returned -7\n",
            """{"type": "helper_error", "msg": "Argument list too long", "helper": "map_update_elem", "retcode": -7, "filename": "stdin", "line": 1, "col": 168}"""),
        ("a program's error", o => o.RuntimeError("divided by 0", Where), "", "stdin:1:168: WARNING: divided by 0\n",
            """{"type": "runtime_error", "msg": "divided by 0", "filename": "stdin", "line": 1, "col": 168}"""),
        // No version says it in JSON; the shape is that of attached probes.
        ("lost events", o => o.LostEvents(3), "Lost 3 events\n", "", """{"type": "lost_events", "count": 3, "data": {"events": 3}}"""),
        ("the end", o => o.End(), "\n\n", "", ""),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.What)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Everything_has_its_form(string what)
    {
        var (_, print, text, errors, json) = Cases.Single(c => c.What == what);

        Assert.Equal((text, errors), Printed.AsTextAndErrors(print));
        Assert.Equal(json.Length == 0 ? "" : json.Replace("\n", "\\n", StringComparison.Ordinal) + "\n", Printed.AsJson(print));
        if (json.Length > 0) JsonDocument.Parse(Printed.AsJson(print)).Dispose();
    }

    [Fact]
    public void Much_is_written_before_anybody_asks()
    {
        using MemoryStream stream = new();
        TextOutput output = new(stream, Stream.Null, KnownNames.Context);

        for (int i = 0; i < 100; i++) output.Cat(new byte[1024]);

        Assert.InRange(stream.Length, 1, 100 * 1024);
        output.Flush();
        Assert.Equal(100 * 1024, stream.Length);
    }

    private static FormatString Format(ReadOnlySpan<byte> format) => FormatString.Parse(format, [], [])!;
}
