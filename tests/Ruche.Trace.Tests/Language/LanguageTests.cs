// SPDX-License-Identifier: MIT
using Ruche.Trace.Binding;
using Ruche.Trace.Functions;
using Ruche.Trace.Language;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Tests.Language;

/// <summary>What editors ask about scripts. In scripts here, ‸ is the place that is meant.</summary>
public sealed class LanguageTests
{
    // The list of functions is long to read.
    private static readonly TraceWorkspace Workspace = new(new());

    [Theory]
    [InlineData("begin { $x = pid; print($‸x); }", "$x: uint64")]
    [InlineData("begin { $x‸ = \"text\"; }", "$x: string[5]")]
    [InlineData("begin { @a[tid, comm] = count(); print(@‸a); }", "@a[uint64,string[16]]: count_t")]
    [InlineData("begin { @‸a = 5; }", "@a: int64")]
    [InlineData("begin { @a[1] = 5; for ($k‸v : @a) { print($kv.1); } }", "$kv: (int64,int64)")]
    [InlineData("begin { for ($i‸ : 0..3) { print($i); } }", "$i: int64")]
    [InlineData("begin { print(1 ‸+ pid); }", "1 + pid: uint64")]
    [InlineData("macro twice(a) { a * 2 } begin { print(tw‸ice(2)); }", "macro twice(a)")]
    [InlineData("macro m($a) { $b‸ = $a; } begin { $x = pid; m($x); }", "$b: uint64")]
    [InlineData("fn half($n : int64) : int64 { return $n / 2; } begin { print(ha‸lf(4)); }", "fn half($n : int64) : int64")]
    [InlineData("begin { pri‸ntf(\"%d\\n\", pid); }", "printf(\"format\", values...)")]
    [InlineData("begin { print(pi‸d); }", "pid: uint32")]
    [InlineData("begin { @ = hi‸st(pid); }", "hist(n, bits)")]
    [InlineData("begin { print(arg‸0); }", "arg0")]
    [InlineData("int‸erval:s:1 { }", "interval:1s or interval:hz:99")]
    [InlineData("begin { broken( } end { $x = cpu; print($x‸); }", "$x: uint64")]
    public void Hovering_tells_what_it_is(string marked, string code) => Assert.Equal(code, Ask(marked, (d, p) => d.HoverAt(p))?.Code);

    [Theory]
    [InlineData("begin { } ‸ end { }")]
    [InlineData("// com‸ment\nbegin { }")]
    [InlineData("begin { @x = unknown‸; }")]
    public void Hovering_over_nothing_tells_nothing(string marked) => Assert.Null(Ask(marked, (d, p) => d.HoverAt(p)));

    [Theory]
    [InlineData("begin { $x‸y = 1; if (pid) { $xy = 2; print($xy‸); } }")]
    [InlineData("begin { if (pid) { $a = 1; } else { $a‸ = 2; print($a‸); } }")]
    [InlineData("begin { for ($i : 0..2) { } for ($i‸ : 0..3) { print($i‸); } }")]
    [InlineData("begin { $a = 1; } end { $a‸ = 2; print($a‸); }")]
    [InlineData("begin { print(@m‸); } end { @m‸ = 2; }")]
    [InlineData("let @m = hash(5);‸ begin { @m‸[1] = 2; }")]
    [InlineData("macro f(a) { a }\nmacro f‸(a, b) { a + b } begin { print(f‸(1, 2)); }")]
    [InlineData("fn f‸($n : int64) : int64 { return 1; } begin { print(f‸(1)); }")]
    [InlineData("fn f($n : int64‸) : int64 { return $n‸; } begin { print(f(1)); }")]
    [InlineData("macro f($a‸) { $a‸ = 1; } begin { f($x); }")]
    [InlineData("macro f(@a‸) { @a‸ = 1; } begin { f(@x); }")]
    public void Definitions_are_found(string marked)
    {
        int first = marked.IndexOf(MarkedScript.Mark, StringComparison.Ordinal);
        var document = Open(marked.Replace($"{MarkedScript.Mark}", "", StringComparison.Ordinal));

        var found = document.DefinitionAt(marked.IndexOf(MarkedScript.Mark, first + 1) - 1)!;

        int start = document.PositionOf(found.Line - 1, found.Column - 1);
        Assert.InRange(first, start + 1, start + found.Length);
    }

    [Fact]
    public void Definitions_are_found_in_imported_files()
    {
        string directory = Directory.CreateTempSubdirectory("ruche-").FullName;
        File.WriteAllText(Path.Combine(directory, "lib.bt"), "// a file\nmacro one() { 1 }\n");
        const string Script = "import \"lib.bt\"\nbegin { print(one()); }";

        var document = Workspace.Open(Script, Path.Combine(directory, "main.bt"));
        var found = document.DefinitionAt(Script.IndexOf("one", StringComparison.Ordinal));
        Directory.Delete(directory, recursive: true);

        Assert.Empty(document.Diagnostics);
        Assert.Equal(("lib.bt", 2, 1), (Path.GetFileName(found?.File), found?.Line, found?.Column));
    }

    [Theory]
    [InlineData("‸", "begin kprobe tracepoint macro import")]
    [InlineData("kpr‸", "kprobe kretprobe")]
    [InlineData("begin { } int‸", "interval")]
    [InlineData("software:page‸ { }", "software:page-faults:")]
    [InlineData("begin { $one = 1; @two = 2; ‸ } end { $far = 1; @three = 1; }", "$one @two @three printf count pid args if while ustack")]
    [InlineData("begin { $one = 1; print($‸", "$one")]
    [InlineData("macro m(a) { a } fn f($n : int64) : int64 { return 1; } begin { ‸ }", "m f")]
    [InlineData("begin /‸", "pid comm")]
    [InlineData("begin /pid == ‸/ { }", "pid comm")]
    [InlineData("begin { } end /pid/ { ‸ }", "pid")]
    [InlineData("begin { @x[1] = (1, \"a\"); for ($kv : @x) { print($kv.‸); } }", "0 1")]
    [InlineData("begin { $r = (color=1, size=2); if ($r.‸", "color size")]
    [InlineData("begin { $r = (color=1, size=2); print($r.‸\n  print(1); }\nend { }", "color size")]
    [InlineData("begin { $r = (color=1, size=2); print($r.‸); }", "color size")]
    [InlineData("config = { ‸ }", "max_strlen stack_mode missing_probes")]
    [InlineData("config = { max_strlen = 4; st‸", "str_trunc_trailer stack_mode")]
    public void Completions_have_what_fits(string marked, string labels)
    {
        var found = Ask(marked, (d, p) => d.CompletionsAt(p));

        Assert.True(found.IsComplete);
        Assert.All(labels.Split(' '), label => Assert.Contains(found.Items, i => i.Label == label));
    }

    [Theory]
    [InlineData("begin { // ‸")]
    [InlineData("begin { print(\"‸\"); }")]
    [InlineData("struct x { int ‸a; }; begin { }")]
    [InlineData("#include <‸\nbegin { }")]
    [InlineData("begin { print(1‸); }")]
    [InlineData("begin { pid.‸ }")]
    public void Where_nothing_can_be_written_there_are_no_completions(string marked) => Assert.Empty(Ask(marked, (d, p) => d.CompletionsAt(p)).Items);

    [Theory]
    [InlineData("begin { ‸ } end { $far = 1; }", "$far")]
    [InlineData("begin { $far = 1; } end { ‸ }", "$far")]
    [InlineData("begin { $th‸", "$th")]
    [InlineData("begin { ‸ }", "(joined)")]
    [InlineData("config = { max_strlen = 4 } begin { ‸ }", "stack_mode")]
    [InlineData("config = { max_strlen = ‸ }", "stack_mode")]
    public void Completions_lack_what_is_not_known_there(string marked, string label) =>
        Assert.DoesNotContain(Ask(marked, (d, p) => d.CompletionsAt(p)).Items, i => i.Label == label);

    [Fact]
    public void Completions_replace_what_is_written()
    {
        const string Script = "begin { print(co‸";

        Assert.Equal(Script.IndexOf("co", StringComparison.Ordinal), Ask(Script, (d, p) => d.CompletionsAt(p)).Start);
    }

    [Fact]
    public void Diagnostics_are_those_of_reading_and_of_checking()
    {
        Assert.Equal("script.bt:1:14: error RU6201: there is nothing called 'pidd'; did you mean 'pid'?", Said("begin { @x = pidd; }"));
        Assert.StartsWith("script.bt:1:13: error RU6001", Said("begin { 1 + }"), StringComparison.Ordinal);
        Assert.Equal("", Said("begin { @x = pid; }"));
        Assert.Equal("", Said("macro only(a) { a }"));
    }

    [Fact]
    public void What_depends_on_the_command_line_is_no_error()
    {
        Assert.StartsWith("script.bt:1:8: info RU6116", Said("kprobe:$1 { }"), StringComparison.Ordinal);
        Assert.StartsWith("script.bt:1:9: info RU6211", Said("begin { system(\"ls\"); }"), StringComparison.Ordinal);
    }

    [Fact]
    public void Edits_are_made_by_lines_and_columns()
    {
        var document = Open("begin {\r\n  print(\"😀\");\n}");

        int end = document.PositionOf(1, 99);
        var changed = document.With(document.PositionOf(1, 9), document.PositionOf(1, 11), "x");

        Assert.Equal("begin {\r\n  print(\"x\");\n}", changed.Text);
        Assert.Equal((1, 14), document.LineOf(end));
        Assert.Equal(document.Text.Length, document.PositionOf(9, 0));
        Assert.Equal(7, document.PositionOf(0, 50));
    }

    [Fact]
    public void Formatting_is_that_of_scripts()
    {
        Assert.Equal(TraceScript.Parse("begin{exit()}", "x").Format(), Open("begin{exit()}").Format());
        Assert.Null(Open("begin {").Format());
    }

    [Fact]
    public void Each_name_of_the_language_is_explained()
    {
        var names = TraceFunctions.Names.Where(n => n[0] != '(').Concat(TraceBuiltins.Names).Concat(Binder.Aggregations).Concat(ProbeProvider.All.Select(p => p.Name)).Concat(["args", "arg3", "ctx", "probe", "retval"]);

        Assert.All(names, name => Assert.NotNull(Explanations.Find(name)));
    }

    // Every script of the cases, cut off at every seventh place.
    [Fact]
    public void Nothing_that_is_half_written_is_too_much()
    {
        foreach (string script in SampleScripts.All.Where(s => !s.Contains("probe", StringComparison.Ordinal)))
        {
            for (int end = script.Length; end >= 0; end -= 7)
            {
                var document = Open(script[..end]);
                document.HoverAt(end / 2);
                document.DefinitionAt(end / 2);
                document.CompletionsAt(end);
            }
        }
    }

    private static string Said(string script) => string.Join('\n', Open(script).Diagnostics);

    private static TraceDocument Open(string script) => Workspace.Open(script, TestScripts.Name);

    private static T Ask<T>(string marked, Func<TraceDocument, int, T> question) => MarkedScript.Ask(Workspace, marked, question);
}
