// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Cli.Bpf.Code;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Explanations;

/// <summary><c>ruche bpf explain-log</c>: says in plain words why the kernel's verifier refused a program.</summary>
internal static class ExplainLog
{
    /// <summary>The command.</summary>
    public static Command Create() => WordCommand.Create("bpf explain-log", "Explain a log of the kernel's verifier: what is wrong, where, how the program gets there, and what helps",
        "[FILE | -]", "verifier.log", Run, BpfOptions.Output);

    private static int Run(Invocation call)
    {
        string path = call.Words.IsEmpty ? "-" : call.Words.Take("the file");
        call.Words.End();
        if (path is not "-" && !File.Exists(path)) throw new CommandFailure(ExitCode.Usage, $"open '{path}': no such file");
        string name = path is "-" ? "standard input" : $"'{path}'";
        var report = LogExplainer.Read(path is "-" ? Encoding.UTF8.GetString(CodeFile.ReadInput()) : File.ReadAllText(path));
        Explanation explanation = report.Verdict switch
        {
            LogVerdict.Explained => report.Explanation!,
            LogVerdict.NoLog => throw new CommandFailure(ExitCode.Failed, $"{name}: error RU4901: no lines of a verifier log in it; paste what the kernel or the loader printed"),
            LogVerdict.Accepted => throw new CommandFailure(ExitCode.Failed, $"{name}: the log ends without a complaint: the program was accepted"),
            LogVerdict.CutOff => throw new CommandFailure(ExitCode.Failed, $"{name}: the log ends without a complaint: its end is missing; load again with a larger log buffer"),
            LogVerdict.Unknown => throw new CommandFailure(ExitCode.Failed, $"{name}: error RU4902: the kernel's words are not known here: {report.Message}"),
            _ => throw new UnreachableException($"no case for {report.Verdict}"),
        };
        if (call.Format is OutputFormat.Text) WriteText(explanation);
        else ListingOutput.WriteJson(json => ExplanationShape.Write(json, explanation, report.Message));
        return ExitCode.Done;
    }

    private static void WriteText(Explanation explanation)
    {
        using Stream output = StandardOutput.Open();
        output.Write(Encoding.UTF8.GetBytes(string.Concat(ExplanationText.Lines(explanation).Select(line => $"{line}\n"))));
    }
}
