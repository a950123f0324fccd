// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Architecture.Tests;

/// <summary>docs/reference/verifier.md shows what is said about programs that are refused, as the tests have approved it.</summary>
public sealed class ExplanationPageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Ruche.Bpf.Verifier.Tests/testdata/verifier-logs");

    private static readonly string[] Shown =
    [
        "packet-end-tested-short", "null-check-missing", "map-value-index-unbounded", "size-not-bounded", "register-not-written", "record-not-submitted",
        "context-field-wrong", "loop-without-end", "packet-changed", "return-value-out-of-range", "helper-not-for-this-type", "lock-held-at-end",
    ];

    [Fact]
    public void The_page_shows_the_rules_and_approved_explanations()
    {
        StringBuilder page = new();
        page.Append("# What the verifier says\n\n")
            .Append("`ruche bpf verify OBJECT` predicts the kernel's verdict; `--explain` says why a program is refused. Below, programs with one\n")
            .Append("mistake each and what is said about them, then all rules. Made by `eng/docs` from the tests.\n");
        foreach (string name in Shown)
        {
            page.Append($"\n## {Title(name)}\n\n```c\n{Read(name + ".bpf.c")}```\n\n```text\n{Read(name + ".verdict.txt")}```\n");
        }

        page.Append("\n## Rules\n\n| id | rule | what usually helps |\n|---|---|---|\n");
        foreach (var rule in VerifierRules.All) page.Append($"| {rule.Id} | {Cell(rule.Sentence)} | {Cell(rule.Advice)} |\n");

        Approved.Verify("docs/reference/verifier.md", page.ToString());
    }

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name)).ReplaceLineEndings("\n");
}
