// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Generation;

/// <summary>The namespace that <c>--namespace</c> names.</summary>
internal static class NamespaceChoice
{
    /// <summary>The namespace; null when the option is not given.</summary>
    public static string? Of(Invocation call, Option<string?> option)
    {
        string? space = call.Value(option);
        if (space is not null && !space.Split('.').All(IsIdentifier))
            throw new CommandFailure(ExitCode.Usage, $"'{space}' is no namespace; write names of letters and digits with dots between, such as My.Tool");
        return space;
    }

    /// <summary>Words of C# are all small letters, and namespaces are not.</summary>
    private static bool IsIdentifier(string word) =>
        word.Length > 0 && (char.IsAsciiLetterUpper(word[0]) || word[0] == '_') && word.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
