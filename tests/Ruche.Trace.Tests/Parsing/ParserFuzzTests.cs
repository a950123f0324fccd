// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;

namespace Ruche.Trace.Tests.Parsing;

/// <summary>Damaged scripts: nothing is thrown, the answer comes soon, and what is accepted round-trips. RUCHE_FUZZ_SECONDS runs it longer.</summary>
public sealed class ParserFuzzTests
{
    private const int Rounds = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] Pieces =
    [
        "\n", "\r", "\0", "é", "\ud83d", "{", "}", "(", ")", "[", "]", "/", "//", "/*", "*/", "\"", "\\", "'", "#", "#define X 1\n", ":", ";",
        ",", ".", "..", "->", "@", "@x", "$", "$x", "$1", "$#", "?", "?:", "=", "==", "++", "--", "&", "&&", "-", "!", "*",
        "0", "1.5", "0x", "99999999999999999999", "1s", "if ", "else ", "for ", "while", "unroll", "let ", "return", "comptime ",
        "struct x", "sizeof(", "typeof(", "(int32*[4])", "config = {", "import ", "macro m(", "fn f(", "kprobe:f", "BEGIN", "\nbegin {", "_ = ",
    ];

    [Fact]
    public void Damaged_scripts_are_refused_or_round_trip()
    {
        int accepted = 0, refused = 0;
        foreach (int seed in FuzzSeeds.Take(Rounds))
        {
            string text = Damage(new(seed));
            long began = Stopwatch.GetTimestamp();
            try
            {
                if (Accepts(text)) accepted++;
                else refused++;
            }
            catch (Exception broken)
            {
                Assert.Fail($"seed {seed}, script:\n{text}\n{broken}");
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"seed {seed} took too long");
        }

        Assert.NotEqual(0, accepted);
        Assert.NotEqual(0, refused);
    }

    private static bool Accepts(string text)
    {
        DiagnosticBag diagnostics = new();
        if (TraceScript.TryParse(text, TestScripts.Name, diagnostics, out var script))
        {
            string written = script.Format();
            Assert.Equal(TestScripts.Shape(text), TestScripts.Shape(written));
            Assert.Equal(written, TraceScript.Parse(written, TestScripts.Name).Format());
            return true;
        }

        Assert.All(diagnostics.Items, d =>
        {
            var where = Assert.IsType<Location.Text>(d.Where);
            Assert.True(where is { Line: > 0, Column: > 0, Length: > 0 }, d.ToString());
            Assert.Contains("^", DiagnosticText.Render(d, text), StringComparison.Ordinal);
        });
        return false;
    }

    private static string Damage(Random random)
    {
        var samples = SampleScripts.All;
        string text = samples[random.Next(samples.Count)], other = samples[random.Next(samples.Count)];
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            int at = random.Next(text.Length + 1), count = random.Next(Math.Min(12, text.Length - at) + 1);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, count),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text.Insert(at, other.Substring(random.Next(other.Length), 1)),
                _ => text.Insert(at, text.Substring(random.Next(text.Length - count + 1), count)),
            };
        }

        return text;
    }
}
