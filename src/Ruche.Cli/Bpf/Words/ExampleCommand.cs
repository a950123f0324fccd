// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace Ruche.Cli.Bpf.Words;

/// <summary>A command whose help ends with an example. A list of commands shows the description alone.</summary>
internal sealed class ExampleCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>A whole command line.</summary>
    public string Example => example;
}
