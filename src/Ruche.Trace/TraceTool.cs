// SPDX-License-Identifier: MIT
namespace Ruche.Trace;

/// <summary>A script that comes with Ruche, and shows something that people look for often.</summary>
public sealed record TraceTool(string Name, string Text)
{
    private const string Comment = "//";

    /// <summary>What it shows, in one line.</summary>
    public string Summary => Description.Split('\n')[0][(Name.Length + 2)..];

    /// <summary>What its first comment says: what it shows, what the columns mean, what it costs, how it is used.</summary>
    public string Description => string.Join('\n', Text.Split('\n').TakeWhile(line => line.StartsWith(Comment, StringComparison.Ordinal)).Select(line => line[Comment.Length..].TrimEnd() is [' ', .. var said] ? said : ""));
}
