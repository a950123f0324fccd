// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Skeletons;
using Ruche.Bpf.Objects.Specs;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Generation;

/// <summary><c>ruche bpf gen skeleton</c>: writes a C# class that holds an object and has its maps, programs and variables as members.</summary>
internal static class GenerateSkeleton
{
    /// <summary>Writes the class.</summary>
    public static async Task<int> Run(Invocation call, CancellationToken ct)
    {
        string file = call.Words.Take("the object");
        string? name = call.Words.TryTake("name") ? call.Words.Take("the name") : null;
        call.Words.End();
        string? space = NamespaceChoice.Of(call, GenerationCommands.Namespace);
        ObjectSpec spec = await ObjectSource.OpenAsync(file, ct);
        SkeletonOptions options = new() { Name = name, Namespace = space, Types = spec.Btf is { } types ? TypeChoice.Of(call, types, $"object '{spec.Name}'") : [] };
        string text = SkeletonRenderer.Render(spec, options);
        await using Stream output = StandardOutput.Open();
        await output.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        return ExitCode.Done;
    }
}
