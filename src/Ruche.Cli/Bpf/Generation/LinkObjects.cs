// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Generation;

/// <summary><c>ruche bpf gen object</c>: links objects into one.</summary>
internal static class LinkObjects
{
    /// <summary>Links the inputs and writes the output.</summary>
    public static int Run(Invocation call)
    {
        string output = call.Words.Take("the output");
        List<string> inputs = call.Words.TakeUntil();
        if (inputs.Count == 0) throw call.Words.Refuse("the input is missing");
        string? missing = inputs.Find(input => !File.Exists(input));
        if (missing is not null) throw new CommandFailure(ExitCode.Usage, $"open '{missing}': no such file");
        ObjectSpec linked = ObjectLinker.Link(Path.GetFileName(output), [.. inputs.Select(ObjectSpec.ReadFile)]);
        File.WriteAllBytes(output, linked.Write());
        return ExitCode.Done;
    }
}
