// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Ruche.Bpf.Analyzers.Skeletons;

/// <summary>Generates, for each class of kernel programs, the class that loads them and has their maps, programs and global variables as members.</summary>
[Generator]
public sealed class SkeletonGenerator : IIncrementalGenerator
{
    private const string ObjectMark = "Ruche.Bpf.Kernel.BpfObjectAttribute";
    private const string Parent = "Ruche.Bpf.Loading.BpfSkeleton";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Libraries of kernel code, and projects that only run programs in process, do without the loader.
        var hasLoader = context.CompilationProvider.Select(static (compilation, _) => compilation.GetTypeByMetadataName(Parent) is not null);
        var skeletons = context.SyntaxProvider
            .ForAttributeWithMetadataName(ObjectMark, static (_, _) => true, static (found, _) => SkeletonReader.Read((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0]))
            .WithTrackingName(nameof(Skeleton));
        context.RegisterSourceOutput(skeletons.Combine(hasLoader), static (output, pair) =>
        {
            if (pair.Left is { } skeleton && pair.Right) output.AddSource($"{skeleton.Name}.g.cs", SourceText.From(SkeletonWriter.Write(skeleton), Encoding.UTF8));
        });
    }
}
