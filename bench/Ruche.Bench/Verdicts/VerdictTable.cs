// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bench.Verdicts;

/// <summary>Writes verdicts as lines of tab-separated text, each as soon as it is known, and the logs to a folder beside.</summary>
internal sealed class VerdictTable : IDisposable
{
    private static readonly string[] Columns =
    [
        "object", "program", "section", "type", "verdict", "errno", "instructions", "reason", "expected", "expected_unprivileged",
        "expected_messages", "flags", "log", "tags", "types_refused", "kconfig",
    ];

    private readonly StreamWriter _lines;
    private readonly string _logs;

    public VerdictTable(string path)
    {
        _lines = new(path, append: false, new UTF8Encoding(false)) { AutoFlush = true };
        _logs = Path.ChangeExtension(Path.GetFullPath(path), ".logs");
        if (Directory.Exists(_logs)) Directory.Delete(_logs, recursive: true);
        Write(Columns);
    }

    /// <summary>One program of an object.</summary>
    public void Add(string file, ProgramSpec program, ProgramTags tags, string kconfig, Verdict verdict) => Write(
        file, program.Name, program.Section, program.Type.ToString(), NameOf(verdict.Judgement), verdict.Error,
        verdict.Instructions < 0 ? "" : verdict.Instructions.ToString(CultureInfo.InvariantCulture), verdict.Reason, tags.Expectation,
        tags.UnprivilegedExpectation, string.Join(" | ", tags.Messages), tags.Flags is 0 ? "" : tags.Flags.ToString(),
        Keep(file, program.Name, verdict.Log), string.Join("; ", tags.All), verdict.TypesRefusal, kconfig);

    /// <summary>An object without any program to judge.</summary>
    public void Add(string file, Verdict verdict) =>
        Write(file, "", "", "", NameOf(verdict.Judgement), verdict.Error, "", verdict.Reason, "", "", "", "", "", "", "", "");

    public void Dispose() => _lines.Dispose();

    private static string NameOf(Judgement judgement) => judgement switch
    {
        Judgement.Accepted => "accepted",
        Judgement.Rejected => "rejected",
        _ => "not-judged",
    };

    /// <summary>The log's path, from the folder of the table; empty without a log.</summary>
    private string Keep(string file, string program, string log)
    {
        if (log.Length == 0) return "";
        string path = Path.Combine(_logs, file, program + ".log");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, log);
        return Path.GetRelativePath(Path.GetDirectoryName(_logs)!, path);
    }

    private void Write(params ReadOnlySpan<string> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0) _lines.Write('\t');
            _lines.Write(fields[i].Replace("\\", @"\\", StringComparison.Ordinal).Replace("\t", @"\t", StringComparison.Ordinal)
                .Replace("\r", @"\r", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal));
        }

        _lines.Write('\n');
    }
}
