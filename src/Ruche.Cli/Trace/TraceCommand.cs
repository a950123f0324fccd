// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Ruche.Cli.Trace;

/// <summary>Describes <c>ruche trace</c>, with the words that bpftrace has for the same, and turns a command line into <see cref="TraceChoices"/>.</summary>
internal static class TraceCommand
{
    private const string Description = "Ask the running kernel questions in the bpftrace language\n\n" +
        "Example:\n  ruche trace -e 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }'";

    private static readonly Argument<string[]> Words = new("FILE PARAMETER...")
    {
        Description = "A script, or - for standard input, and what it knows as $1, $2 and so on; with -e parameters only, with -l a pattern",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Program = new("-e") { Description = "The script itself", HelpName = "PROGRAM" };
    private static readonly Option<bool> List = new("-l", "--list") { Description = "List probes, or those that match a pattern" };
    private static readonly Option<bool> Verbose = new("-v", "--verbose") { Description = "With -l the arguments of probes too; otherwise the whole log of a verifier that refuses" };
    private static readonly Option<int?> Pid = new("-p", "--pid") { Description = "Look at one process only, and stop when it exits", HelpName = "PID" };
    private static readonly Option<string?> Command = new("-c", "--cmd") { Description = "Start a command once everything is attached, and stop when it exits", HelpName = "COMMAND" };
    private static readonly Option<string?> OutputFile = new("-o", "--output") { Description = "Write what the script prints to a file", HelpName = "FILE" };
    private static readonly Option<TraceFormat> Format = new("-f", "--format") { Description = "text, or json: a document a line", HelpName = "FORMAT" };
    private static readonly Option<TraceBuffering> Buffering = new("-B") { Description = "When to write: line, full or none", HelpName = "MODE" };
    private static readonly Option<string[]> Include = new("-I") { Description = "Look for included files there too (repeatable)", HelpName = "DIRECTORY" };
    private static readonly Option<string[]> IncludeFile = new("--include") { Description = "Include a file in front of the script (repeatable)", HelpName = "FILE" };
    private static readonly Option<bool> Quiet = new("-q", "--quiet") { Description = "Say nothing but what the script prints" };
    private static readonly Option<bool> FailedReads = new("-k", "--warnings") { Description = "Tell of memory that cannot be read, which is zero otherwise" };
    private static readonly Option<bool> NoWarnings = new("--no-warnings") { Description = "Do not show warnings" };
    private static readonly Option<bool> Unsafe = new("--unsafe") { Description = "Let the script change the system: system, signal" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Load the programs, and end without attaching them" };
    private static readonly Option<TraceStage?> Dump = new("-d", "--dump") { Description = "Print what becomes of the script: ast, ir or bpf", HelpName = "STAGE" };
    private static readonly Option<bool> Layout = new("--fmt") { Description = "Print the script in its canonical layout" };
    private static readonly Option<bool> LanguageServer = new("--lsp") { Description = "Answer an editor's questions about scripts, as a language server over standard input and output" };
    private static readonly Option<bool> Test = new("--test") { Description = "Run the script's tests, test:name, and nothing else" };
    private static readonly Option<bool> Bench = new("--bench") { Description = "Measure the script's bench:name probes, and nothing else" };
    private static readonly Option<string?> ProbeFilter = new("--probe-filter") { Description = "With --test or --bench, only those whose names match a regular expression", HelpName = "REGEX" };
    private static readonly Option<bool> Explain = new("--explain") { Description = "Print what each probe costs and which hook it uses, and end" };
    private static readonly Option<bool> Live = new("--live") { Description = "On a terminal, show the maps below what the script prints, and redraw them in place" };
    private static readonly Option<string?> Metrics = new("--metrics") { Description = "Serve the maps to Prometheus while the script runs", HelpName = "[ADDRESS]:PORT" };
    private static readonly Option<string?> Record = new("--record") { Description = "Record what the script's programs are given", HelpName = "FILE" };
    private static readonly Option<string?> Replay = new("--replay") { Description = "Run the recorded script, or another one, on a recording: without the kernel, and without root", HelpName = "FILE" };
    private static readonly Option<string?> EmitElf = new("--emit-elf") { Description = "Write the compiled programs as an object file", HelpName = "FILE" };

    /// <summary>The command without its options, for a list of commands.</summary>
    public static System.CommandLine.Command CreateHead() => new("trace", Description);

    /// <summary>The command, which hands its choices to <paramref name="run"/>.</summary>
    public static System.CommandLine.Command Create(Func<TraceChoices, CancellationToken, Task<int>> run)
    {
        Pid.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is <= 0) result.AddError("-p takes a number above 0");
        });
        ProbeFilter.Validators.Add(result =>
        {
            try
            {
                _ = new Regex(result.GetValueOrDefault<string>());
            }
            catch (RegexParseException e)
            {
                result.AddError($"--probe-filter is no regular expression: {e.Message}");
            }
        });
        System.CommandLine.Command command = new("trace", Description)
        {
            Words, Program, List, Verbose, Pid, Command, OutputFile, Format, Buffering, Include, IncludeFile, Quiet, FailedReads, NoWarnings, Unsafe, DryRun, Dump, EmitElf, Layout, LanguageServer, Test, Bench, ProbeFilter, Explain, Live, Metrics, Record, Replay,
        };
        command.SetAction((result, ct) => run(ChoicesOf(result), ct));
        return command;
    }

    private static TraceChoices ChoicesOf(ParseResult result) => new()
    {
        Words = WordsOf(result),
        Program = result.GetValue(Program),
        IsListing = result.GetValue(List),
        IsVerbose = result.GetValue(Verbose),
        Pid = result.GetValue(Pid),
        Command = result.GetValue(Command),
        OutputFile = result.GetValue(OutputFile),
        Format = result.GetValue(Format),
        Buffering = result.GetValue(Buffering),
        IncludeDirectories = result.GetValue(Include) ?? [],
        IncludedFiles = result.GetValue(IncludeFile) ?? [],
        IsQuiet = result.GetValue(Quiet),
        ShowsWarnings = !result.GetValue(NoWarnings) && !result.GetValue(Quiet),
        IsUnsafeAllowed = result.GetValue(Unsafe),
        TellsFailedReads = result.GetValue(FailedReads),
        IsDryRun = result.GetValue(DryRun),
        Dump = result.GetValue(Dump),
        ElfFile = result.GetValue(EmitElf),
        IsExplaining = result.GetValue(Explain),
        IsLive = result.GetValue(Live),
        Metrics = result.GetValue(Metrics),
        Record = result.GetValue(Record),
        Replay = result.GetValue(Replay),
        IsFormatting = result.GetValue(Layout),
        IsLanguageServer = result.GetValue(LanguageServer),
        Probes = result.GetValue(Test) ? TraceProbeKind.Tests : result.GetValue(Bench) ? TraceProbeKind.Benchmarks : TraceProbeKind.All,
        ProbeFilter = result.GetValue(ProbeFilter) is { } names ? new(names) : null,
    };

    // Whatever is not an option is a word; one that looks like an option is a mistake, unless it stands behind the border or is a number.
    private static string[] WordsOf(ParseResult result)
    {
        string[] words = result.GetValue(Words) ?? [];
        if (words is not [['-', not (>= '0' and <= '9'), ..] first, ..]) return words;
        string before = result.Tokens.First(t => t.Type is TokenType.DoubleDash || t.Value == first).Value;
        return before == first ? throw new CommandFailure(ExitCode.Usage, $"there is no option {first}; 'ruche trace --help' lists them") : words;
    }
}
