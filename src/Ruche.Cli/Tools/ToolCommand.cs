// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Cli.Terminals;
using Ruche.Cli.Trace;
using Ruche.Trace;

namespace Ruche.Cli.Tools;

/// <summary><c>ruche tool</c>: the scripts that come with Ruche, each with options of its own.</summary>
internal static class ToolCommand
{
    private const string Description = "Run a script that comes with Ruche: opensnoop, runqlat, tcplife and others\n\n" +
        "Example:\n  ruche tool opensnoop --failed";

    private static readonly Argument<string?> Name = new("NAME") { Description = "The tool; without, all are listed", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<TraceFormat> Format = new("-f", "--format") { Description = "text, or json: a document a line", HelpName = "FORMAT" };
    private static readonly Option<string?> OutputFile = new("-o") { Description = "Write what the tool prints to a file", HelpName = "FILE" };
    private static readonly Option<string?> Command = new("-c") { Description = "Start a command once everything is attached, and stop when it exits", HelpName = "COMMAND" };
    private static readonly Option<bool> Source = new("--source") { Description = "Print the script" };
    private static readonly Option<bool> Help = new("--help", "-h") { Description = "Show what the tool shows, and its options" };

    /// <summary>The command without its options, for a list of commands.</summary>
    public static Command CreateHead() => new("tool", Description);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Command command = new("tool", Description) { Name, Format, OutputFile, Command, Source, Help };

        // They are the tool's.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((result, ct) => result.GetValue(Name) is { } name ? RunAsync(name, result, ct) : Task.FromResult(List()));
        return command;
    }

    private static Task<int> RunAsync(string name, ParseResult result, CancellationToken ct)
    {
        if (TraceTools.Find(name) is not { } tool)
        {
            string note = NearestNames.Question(name, TraceTools.Names) ?? "'ruche tool' lists them";
            throw new CommandFailure(ExitCode.Usage, $"there is no tool '{name}'; {note}");
        }

        if (result.GetValue(Help)) return Task.FromResult(Explain(tool));
        if (result.GetValue(Source)) return Task.FromResult(Print(tool.Text));
        return TraceSession.RunAsync(new()
        {
            Program = tool.Text,
            Name = tool.Name,
            Words = result.UnmatchedTokens,
            Format = result.GetValue(Format),
            OutputFile = result.GetValue(OutputFile),
            Command = result.GetValue(Command),
            ShowsWarnings = false,
            IsQuiet = true,
        }, ct);
    }

    private static int List()
    {
        int width = TraceTools.Names.Max(n => n.Length);
        return Print(string.Concat(TraceTools.Names.Select(n => $"{n.PadRight(width)}  {TraceTools.Find(n)!.Summary}\n")));
    }

    private static int Explain(TraceTool tool)
    {
        (string Option, string Meaning)[] options =
        [
            .. TraceScript.Parse(tool.Text, tool.Name).Options.Select(o => ($"--{o.Name}{(o.IsFlag ? "" : $"={(o.Default.StartsWith('"') ? "TEXT" : "N")}")}", o.Description)),
            .. ((Option[])[Format, OutputFile, Command, Source]).Select(o => ($"{o.Name}{(o.HelpName is { } value ? $" {value}" : "")}", o.Description ?? "")),
        ];
        int width = options.Max(o => o.Option.Length);
        return Print($"{tool.Description.TrimEnd()}\n\nOptions:\n{string.Concat(options.Select(o => $"  {o.Option.PadRight(width)}  {o.Meaning}\n"))}");
    }

    private static int Print(string text)
    {
        using var output = StandardOutput.Open();
        using StreamWriter writer = new(output, leaveOpen: true);
        writer.Write(text);
        return ExitCode.Done;
    }
}
