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
        BtfSpec types = call.Value(GenerationCommands.Btf) is { } file ? KernelTypes.Read(file) : KernelTypes.Running;
        ImmutableArray<int> roots = TypeChoice.Of(call, types, "the kernel");
        bool isC = call.Value(GenerationCommands.Format) is not "csharp";
        if (!isC && roots.IsEmpty) throw new CommandFailure(ExitCode.Usage, "name the types to write as C#: --types task_struct,sock");
        using Stream output = StandardOutput.Open();
        if (isC) CHeaderRenderer.Render(types, output, new() { Roots = roots });
        else WriteSource(types, output, roots);
        return ExitCode.Done;
    }

    private static void WriteSource(BtfSpec types, Stream output, ImmutableArray<int> roots)
    {
        using StreamWriter source = new(output, new UTF8Encoding(false), 1 << 16);
        CSharpRenderer.Render(types, source, new() { Roots = roots });
    }
}
