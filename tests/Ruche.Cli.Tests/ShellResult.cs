// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Tests;

/// <summary>What a shell line printed and how it ended.</summary>
internal sealed record ShellResult(int Exit, string Output, string Errors);
