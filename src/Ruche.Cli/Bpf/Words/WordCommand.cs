// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ruche.Cli.Bpf.Words;

/// <summary>Describes commands whose arguments are words, written as for bpftool.</summary>
internal static class WordCommand
{
    /// <summary>A command that hands its words to <paramref name="run"/>.</summary>
    /// <param name="path">The whole command without its words: <c>bpf map dump</c>; the last word is its name.</param>
    /// <param name="description">What it does, in one sentence.</param>
    /// <param name="words">How the words are written; empty when there are none.</param>
    /// <param name="example">The words and options of an example.</param>
    /// <param name="run">The use case; returns the exit code.</param>
    /// <param name="options">Options that it takes.</param>
    public static Command Create(string path, string description, string words, string example, Func<Invocation, CancellationToken, Task<int>> run, params ReadOnlySpan<Option> options)
    {
        Argument<string[]> argument = new("WORDS") { Description = words, Arity = ArgumentArity.ZeroOrMore, Hidden = words.Length == 0 };
        argument.Validators.Add(RefuseOptions);
        string synopsis = $"ruche {path} {words}".TrimEnd();
        ExampleCommand command = new(path[(path.LastIndexOf(' ') + 1)..], description, $"ruche {path} {example}".TrimEnd()) { argument };
        foreach (Option option in options) command.Add(option);
        command.SetAction((result, ct) => run(new(result, new(result.GetValue(argument) ?? [], $"'{synopsis}'")), ct));
        return command;
    }

    /// <summary>As the other, for use cases that wait for nothing.</summary>
    public static Command Create(string path, string description, string words, string example, Func<Invocation, int> run, params ReadOnlySpan<Option> options) =>
        Create(path, description, words, example, (call, _) => Task.FromResult(run(call)), options);

    /// <summary>A command that only groups others.</summary>
    public static Command Group(string path, string description, string example, params ReadOnlySpan<Command> commands)
    {
        ExampleCommand group = new(path[(path.LastIndexOf(' ') + 1)..], description, $"ruche {path} {example}");
        foreach (Command command in commands) group.Add(command);
        group.SetAction(int (_) => throw new CommandFailure(ExitCode.Usage, $"name a command; 'ruche {path} --help' lists them"));
        return group;
    }

    // The parser takes an option it does not know for one more word.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
            if (token.Value.Length > 1 && token.Value[0] == '-' && !char.IsAsciiDigit(token.Value[1])) result.AddError($"there is no option '{token.Value}'");
    }
}
