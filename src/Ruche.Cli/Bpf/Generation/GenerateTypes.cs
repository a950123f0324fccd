// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Generation;

/// <summary><c>ruche bpf gen vmlinux</c>: writes the kernel's types as source, all of them or some with what they need.</summary>
internal static class GenerateTypes
{
    /// <summary>Writes the types.</summary>
    public static int Run(Invocation call)
    {
        call.Words.End();
        string? file = call.Value(GenerationCommands.OutputFile);
        string format = call.Value(GenerationCommands.Format) ?? FormatOf(file);
        string? space = NamespaceChoice.Of(call, GenerationCommands.TypesNamespace);
        if (space is not null && format is "c") throw new CommandFailure(ExitCode.Usage, "C has no namespaces; --namespace is for --format csharp and kernel-csharp");
        BtfSpec types = call.Value(GenerationCommands.Btf) is { } source ? KernelTypes.Read(source) : KernelTypes.Running;
        ImmutableArray<int> roots = TypeChoice.Of(call, types, "the kernel");
        if (format is "csharp" && roots.IsEmpty) throw new CommandFailure(ExitCode.Usage, "name the types to write as C#: --types task_struct,sock");
        using Stream output = file is null ? StandardOutput.Open() : File.Create(file);
        if (format is "c") CHeaderRenderer.Render(types, output, new() { Roots = roots });
        else WriteSource(types, output, format, new() { Roots = roots, Namespace = space ?? "Vmlinux" });
        return ExitCode.Done;
    }

    private static string FormatOf(string? file) => Path.GetExtension(file) is ".cs" ? "kernel-csharp" : "c";

    private static void WriteSource(BtfSpec types, Stream output, string format, CSharpOptions options)
    {
        using StreamWriter source = new(output, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        if (format is "csharp") CSharpRenderer.Render(types, source, options);
        else KernelCSharpRenderer.Render(types, source, options);
    }
}
