// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ruche.Cli.Run;

/// <summary>Describes <c>ruche run</c> and turns a command line into <see cref="RunOptions"/>.</summary>
internal static class RunCommand
{
    private const string Description = "Load eBPF objects into the running kernel, attach every program, and show what they produce\n\n" +
        "Example:\n  ruche run samples/c/syscall_tracer.bpf.c --for 5s";

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "eBPF objects (.o), C sources (.bpf.c), which clang compiles, or C# (.cs, .csproj), which dotnet builds",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Interface = new("--iface", "-i") { Description = "Network interface for XDP and tc programs", HelpName = "NAME" };
    private static readonly Option<string?> Cgroup = new("--cgroup") { Description = "cgroup2 directory for cgroup programs", HelpName = "PATH" };
    private static readonly Option<int?> Pid = new("--pid", "-p") { Description = "Limit user-space and perf probes to one process", HelpName = "PID" };
    private static readonly Option<string[]> Programs = new("--program") { Description = "Load only this program (repeatable)", HelpName = "NAME" };
    private static readonly Option<string[]> Globals = new("--set") { Description = "Set a global variable before load (repeatable)", HelpName = "NAME=VALUE" };
    private static readonly Option<TimeSpan?> For = Length("--for", "Stop after this long: 500ms, 5s, 2m");
    private static readonly Option<bool> Once = new("--once") { Description = "Show the maps once, after one interval, and stop" };
    private static readonly Option<TimeSpan?> Interval = Length("--interval", "How often to show maps (default: 1s)");
    private static readonly Option<int> Top = new("--top") { Description = "Entries to show of each map", HelpName = "N", DefaultValueFactory = _ => 20 };
    private static readonly Option<OutputFormat> Output = new("--output", "-o") { Description = "text, json (one array) or ndjson (one event a line)", HelpName = "FORMAT" };
    private static readonly Option<bool> VerifierLog = new("--verifier-log") { Description = "Print the whole verifier log when a program is refused" };

    /// <summary>The command without its options, for a list of commands.</summary>
    public static Command CreateHead() => new("run", Description);

    /// <summary>The command, which hands its options to <paramref name="run"/>.</summary>
    public static Command Create(Func<RunOptions, CancellationToken, Task<int>> run)
    {
        Files.Validators.Add(RefuseOptions);
        Top.Validators.Add(result => Check(result, result.GetValueOrDefault<int>() > 0, "--top takes a number above 0"));
        Pid.Validators.Add(result => Check(result, result.GetValueOrDefault<int?>() is null or > 0, "--pid takes a number above 0"));
        Command command = new("run", Description)
        {
            Files, Interface, Cgroup, Pid, Programs, Globals, For, Once, Interval, Top, Output, VerifierLog,
        };
        command.SetAction((result, ct) => run(OptionsOf(result), ct));
        return command;
    }

    private static RunOptions OptionsOf(ParseResult result) => new()
    {
        Files = result.GetRequiredValue(Files),
        Interface = result.GetValue(Interface),
        Cgroup = result.GetValue(Cgroup),
        Pid = result.GetValue(Pid),
        Programs = result.GetValue(Programs) ?? [],
        Globals = result.GetValue(Globals) ?? [],
        For = result.GetValue(For),
        Once = result.GetValue(Once),
        Interval = result.GetValue(Interval) ?? TimeSpan.FromSeconds(1),
        Top = result.GetValue(Top),
        Format = result.GetValue(Output),
        ShowVerifierLog = result.GetValue(VerifierLog),
    };

    private static Option<TimeSpan?> Length(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = ParseLength,
    };

    private static TimeSpan? ParseLength(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Duration.TryParse(text, out TimeSpan length)) return length;
        result.AddError($"'{text}' is not a length of time; write 500ms, 5s, 2m or 1h");
        return null;
    }

    // The parser takes an option it does not know for one more file.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
            if (token.Value.StartsWith('-')) result.AddError($"there is no option '{token.Value}'");
    }

    private static void Check(SymbolResult result, bool holds, string otherwise)
    {
        if (!holds) result.AddError(otherwise);
    }
}
