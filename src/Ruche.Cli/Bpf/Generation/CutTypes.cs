// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Generation;

/// <summary><c>ruche bpf gen min_core_btf</c>: writes the types that objects are relocated against, and no others.</summary>
internal static class CutTypes
{
    /// <summary>Reads the input, and writes what the objects need of it.</summary>
    public static int Run(Invocation call)
    {
        string input = call.Words.Take("the input");
        string output = call.Words.Take("the output");
        List<string> objects = call.Words.TakeUntil();
        if (objects.Count == 0) throw call.Words.Refuse("the object is missing");
        string? missing = objects.Prepend(input).FirstOrDefault(file => !File.Exists(file));
        if (missing is not null) throw new CommandFailure(ExitCode.Usage, $"open '{missing}': no such file");
        CoreExcerpt excerpt = new(KernelTypes.Read(input));
        foreach (string file in objects) excerpt.Add(ObjectSpec.ReadFile(file));
        File.WriteAllBytes(output, excerpt.Build().Image.Span);
        return ExitCode.Done;
    }
}
