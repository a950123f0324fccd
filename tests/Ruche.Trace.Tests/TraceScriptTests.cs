// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Tests;

public sealed class TraceScriptTests
{
    [Fact]
    public void A_script_keeps_its_name_and_text()
    {
        var script = TraceScript.Parse("BEGIN { }", "bees.bt");

        Assert.Equal(("bees.bt", "BEGIN { }"), (script.Name, script.Text));
    }

    [Fact]
    public void A_bad_script_is_thrown_with_all_that_is_wrong_in_order()
    {
        var refused = Assert.Throws<InvalidObjectException>(() => TraceScript.Parse("kprob:f { }\nBEGIN { $x = ; 5++; }", "bees.bt"));

        Assert.Equal(["RU6101", "RU6001", "RU6009"], refused.Diagnostics.Select(d => d.Id));
        Assert.Equal("bees.bt:1:1: error RU6101: there is no probe provider 'kprob'; did you mean 'kprobe'?", refused.Message);
    }

    [Theory]
    [InlineData("BEGIN { $x = ; }\n")]
    [InlineData("kprob:f { }\n")]
    [InlineData("}\n")]
    [InlineData("'\n")]
    public void A_text_of_garbage_is_cut_short(string line)
    {
        DiagnosticBag diagnostics = new();

        Assert.False(TraceScript.TryParse(string.Concat(Enumerable.Repeat(line, 10_000)), "bees.bt", diagnostics, out _));
        Assert.InRange(diagnostics.Items.Count, 1, 64);
    }

    [Fact]
    public void Lines_may_end_as_on_Windows_and_are_written_as_everywhere()
    {
        const string Text = "#include <a.h>\r\n#define A \\\r\n  1\r\nBEGIN {\r\n  // one\r\n  f(); // two\r\n\r\n  $x = ;\r\n}\r\n";

        Assert.Equal("script.bt:8:8: error RU6001: expected an expression, found ';'\n    $x = ;\n         ^", TestScripts.Refusal(Text));
        Assert.Equal("#include <a.h>\n#define A \\\n  1\n\nBEGIN\n{\n  // one\n  f(); // two\n\n  $x = 1;\n}\n",
            TraceScript.Parse(Text.Replace("= ;", "= 1;", StringComparison.Ordinal), "bees.bt").Format());
    }
}
