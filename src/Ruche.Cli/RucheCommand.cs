// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Ruche.Cli.Bpf;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Check;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;
using Ruche.Cli.Tools;
using Ruche.Cli.Trace;

namespace Ruche.Cli;

/// <summary>The command line's root: parses, calls one command, and turns every failure into one line and an exit code.</summary>
internal static class RucheCommand
{
    private static readonly string[] HelpWords = ["--help", "-h", "-?", "/h", "/?", "--version"];

    /// <summary>Runs the command the arguments name.</summary>
    public static async Task<int> InvokeAsync(string[] args)
    {
        ParseResult result = Create(args).Parse(args);
        if (result.Errors.Count > 0) return Refuse(result.Errors);
        try
        {
            // Commands stop on signals themselves, so that they can detach what they attached.
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (IOException e) when (StandardOutput.HasLostReader(e))
        {
            return ExitCode.Done;
        }
        catch (Exception e) when (FailureReport.Of(e) is { } report)
        {
            report.WriteTo(Console.Error);
            return report.ExitCode;
        }
    }

    private static Command Create(string[] args)
    {
        const string Description = "eBPF for any Linux host: load it, run it, see what it says";

        // The library's own root has options for help and the version, and looks their descriptions up: a tenth of the time to a script's first line.
        if (args is ["tool", ..]) return new Command("ruche", Description) { ToolCommand.Create() };
        string? named = args is ["trace" or "run" or "check" or "bpf", ..] && !args.Any(HelpWords.Contains) ? args[0] : null;
        Command root = named is null or "bpf" ? new RootCommand(Description) : new Command("ruche", Description);

        // Nor is there time to describe what nobody asks for.
        root.Add(named is null or "trace" ? TraceCommand.Create(TraceSession.RunAsync) : TraceCommand.CreateHead());
        root.Add(named is null or "run" ? RunCommand.Create(RunSession.RunAsync) : RunCommand.CreateHead());
        root.Add(named is null or "check" ? CheckCommand.Create() : CheckCommand.CreateHead());
        root.Add(ToolCommand.CreateHead());
        root.Add(args is ["bpf", ..] ? BpfCommand.Create() : BpfCommand.CreateHead());
        foreach (Option option in root.Options)
            if (option is HelpOption { Action: HelpAction help }) option.Action = new HelpWithExample(help);
        root.SetAction(result =>
        {
            Console.Error.WriteLine("ruche: name a command; 'ruche --help' lists them, 'ruche run FILE.bpf.o' is a good first one");
            return ExitCode.Usage;
        });
        return root;
    }

    private static int Refuse(IReadOnlyList<ParseError> errors)
    {
        foreach (ParseError error in errors) Console.Error.WriteLine($"ruche: {error.Message}");
        Console.Error.WriteLine("ruche: add --help to see what can be written");
        return ExitCode.Usage;
    }
}
