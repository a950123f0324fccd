// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Tests.Running;

namespace Ruche.Trace.Tests.Preamble;

/// <summary>Structs that a script declares lie as a C compiler lays them.</summary>
[Trait("Category", "Kernel")]
public sealed partial class LayoutTests
{
    private const string Declarations = """
        enum kind { ONE, TWO = 5 };
        struct plain { char a; short b; char c; int d; char e; long f; char g; };
        struct lists { unsigned char a[3]; unsigned int b[2][3]; char *c; char d[5]; const char *const e[2]; void *f; };
        struct nested { char a; struct plain b; char c; enum kind d; struct { char x; int y; } e; };
        union either { char a; int b; struct nested c; };
        struct whole { char a; union { int b; struct { char c; short d; }; }; char e; };
        struct packed { char a; int b; long c; } __attribute__((packed));
        struct aligned { char a; } __attribute__((aligned(32)));
        struct around { char a; struct packed b; struct aligned c; char d; };
        struct calls { int (*a)(int, char *); void (*b[2])(void); struct calls *next, *others[3]; int c, d; };
        struct bits { char a; unsigned int b : 3, c : 30; char d; unsigned long e : 40; int : 0; char f; };
        struct few { unsigned short a : 5; unsigned short b : 11; unsigned char c : 4; unsigned char d : 5; };
        struct packed_bits { char a; unsigned int b : 3, c : 30; char d; } __attribute__((packed));
        """;

    [Fact]
    public void A_script_finds_members_where_a_compiler_puts_them()
    {
        if (Environment.GetEnvironmentVariable("RUCHE_REQUIRE_KERNEL") != "1" && !Environment.IsPrivilegedProcess) Assert.Skip("bpf(2) needs root");
        (string Subject, string Question)[] asked =
        [
            .. Types().Matches(Declarations).Select(m => (m.Value, $"sizeof({m.Value})")),
            .. Places("struct plain", "a b c d e f g"), .. Places("struct lists", "a b c d e f"), .. Places("struct nested", "a b c d e"),
            .. Places("struct whole", "a b c d e"), .. Places("struct packed", "a b c"), .. Places("struct around", "a b c d"),
            .. Places("struct calls", "a b next others c d"), .. Places("struct bits", "a d f"), .. Places("struct packed_bits", "a d"),
        ];

        Assert.Equal(Compiled(asked), Traced(asked));
    }

    private static IEnumerable<(string, string)> Places(string type, string members) => members.Split(' ').Select(m => ($"{type}.{m}", $"offsetof({type}, {m})"));

    private static string Traced((string Subject, string Question)[] asked)
    {
        string script = $"{Declarations}\nbegin {{ {string.Concat(asked.Select(a => $"printf(\"{a.Subject} %d\\n\", {a.Question}); "))} exit(); }}";
        DiagnosticBag diagnostics = new();
        Assert.True(TraceScript.TryParse(script, TestScripts.Name, diagnostics, out var parsed));
        var compiled = CompiledTrace.Compile(parsed, new(), diagnostics);
        Assert.True(compiled is not null, string.Join('\n', diagnostics.Items.Select(d => d.Message)));
        using MemoryStream output = new(), errors = new();
        using (var run = TraceRun.Load(compiled, new() { Output = output, Errors = errors, IsQuiet = true })) run.Run(CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n');
    }

    private static string Compiled((string Subject, string Question)[] asked)
    {
        string folder = Directory.CreateTempSubdirectory("ruche-layout").FullName;
        try
        {
            string program = CCompiler.Build(
                Path.Combine(folder, "layout"),
                $"#include <stddef.h>\n#include <stdio.h>\n{Declarations}\nint main(void) {{ {string.Concat(asked.Select(a => $"printf(\"{a.Subject} %d\\n\", (int){a.Question}); "))} return 0; }}\n",
                "-w");
            using var run = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true })!;
            return run.StandardOutput.ReadToEnd().TrimEnd('\n');
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"^(struct|union) \w+", RegexOptions.Multiline)]
    private static partial Regex Types();
}
