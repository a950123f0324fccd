// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Run;

namespace Ruche.Cli.Bpf.Words;

/// <summary>One call of a command under <c>ruche bpf</c>: its words and the options it takes.</summary>
internal sealed class Invocation(ParseResult result, CommandWords words)
{
    public CommandWords Words => words;

    public OutputFormat Format { get; } = result.GetValue(BpfOptions.Output);

    public bool ShowsPins { get; } = result.GetValue(BpfOptions.Pinned);

    public bool ShowsHolders { get; } = result.GetValue(BpfOptions.Pids);

    /// <summary>The value of an option that the command takes.</summary>
    public T? Value<T>(Option<T> option) => result.GetValue(option);
}
