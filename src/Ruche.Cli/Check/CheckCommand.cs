// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using Ruche.Bpf.Hooks;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Check;

/// <summary><c>ruche check</c>: is this host ready?</summary>
internal static class CheckCommand
{
    private const string Description = "Say what this host and its kernel can do, by trying, and what to do about what is missing\n\n" +
        "Exit code 1 when something is missing that ruche cannot do without.\n\nExample:\n  ruche check --output json";

    private static readonly Option<OutputFormat> Output = new("--output", "-o") { Description = "text, json (one array) or ndjson (one row a line)", HelpName = "FORMAT" };

    /// <summary>The command without its option, for a list of commands.</summary>
    public static Command CreateHead() => new("check", Description);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Command command = new("check", Description)
        {
            Output,
        };
        command.SetAction(result => Run(result.GetValue(Output)));
        return command;
    }

    private static int Run(OutputFormat format)
    {
        var host = HostState.Read();
        CheckRow[] rows = [.. HostChecks.Of(host), .. KernelChecks.Of(host)];
        using Stream output = StandardOutput.Open();
        output.Write(Encoding.UTF8.GetBytes(CheckReport.Render(rows, format, StandardOutput.IsLive)));
        return rows.Any(row => row.IsNeeded) ? ExitCode.Failed : ExitCode.Done;
    }
}
