// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Types;

/// <summary><c>ruche bpf btf dump</c>.</summary>
internal static class DumpTypes
{
    private const int BufferSize = 1 << 16;

    /// <summary>Prints types in the format that the words ask for.</summary>
    public static int Run(Invocation call)
    {
        var source = TypesSource.Take(call.Words);
        string format = "raw";
        List<int> roots = [.. source.Roots];
        while (!call.Words.IsEmpty)
        {
            if (call.Words.TryTake("format")) format = call.Words.Take("the format");
            else if (call.Words.TryTake("root_id")) roots.Add(Root(call.Words, source.Spec));
            else call.Words.End();
        }

        if (call.Format is not OutputFormat.Text && format is "raw") format = "json";
        Write(source.Spec, [.. roots], format, call.Words);
        return ExitCode.Done;
    }

    private static int Root(CommandWords words, BtfSpec spec)
    {
        uint id = words.TakeNumber("root_id");
        return id < spec.Count ? (int)id : throw words.Refuse($"there is no type {id}, only {spec.Count - 1}");
    }

    private static void Write(BtfSpec spec, ImmutableArray<int> roots, string format, CommandWords words)
    {
        switch (format)
        {
            case "raw":
                using (StreamWriter output = Open()) RawTypes.Write(spec, roots, output);
                break;
            case "c":
                using (Stream output = StandardOutput.Open()) CHeaderRenderer.Render(spec, output, new() { Roots = roots });
                break;
            case "csharp":
                using (StreamWriter output = Open()) CSharpRenderer.Render(spec, output, new() { Roots = roots.IsEmpty ? AllStructs(spec) : roots });
                break;
            case "json":
                using (Stream output = StandardOutput.Open()) JsonRenderer.Render(spec, output, roots);
                break;
            default:
                throw words.Refuse($"there is no format '{format}'");
        }
    }

    private static ImmutableArray<int> AllStructs(BtfSpec spec) =>
        [.. spec.IdsOf(BtfKind.Struct).Concat(spec.IdsOf(BtfKind.Union)).Where(id => spec.NameOf(id).Length > 0)];

    private static StreamWriter Open() => new(StandardOutput.Open(), new UTF8Encoding(false), BufferSize) { NewLine = "\n" };
}
