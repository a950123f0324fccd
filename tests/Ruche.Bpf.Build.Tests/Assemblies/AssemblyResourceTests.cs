// SPDX-License-Identifier: MIT
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Ruche.Bpf.Build.Tests.Assemblies;

/// <summary>Assemblies get a resource after they were compiled.</summary>
public sealed class AssemblyResourceTests
{
    private const string Source = "public static class Subject { public static int Answer() => throw new System.InvalidOperationException(\"42\"); }";

    public static TheoryData<Platform> Platforms => [Platform.AnyCpu, Platform.X64, Platform.Arm64];

    [Theory]
    [InlineData(Platform.AnyCpu)]
    [InlineData(Platform.X64)]
    public void The_resource_has_its_new_contents_and_the_others_keep_theirs(Platform platform)
    {
        string path = Compile(platform);

        AssemblyResource.Replace(path, "room", [1, 2, 3]);

        Assert.Equal([9, 8, 7, 6, 5], ResourceOf(path, "before"));
        Assert.Equal([1, 2, 3], ResourceOf(path, "room"));
        Assert.Equal([4, 4], ResourceOf(path, "after"));
    }

    [Fact]
    public void Contents_can_be_replaced_again_by_longer_and_by_shorter_ones()
    {
        string path = Compile(Platform.AnyCpu);
        AssemblyResource.Replace(path, "room", [1]);
        byte[] once = File.ReadAllBytes(path);

        AssemblyResource.Replace(path, "room", new byte[100_000]);
        Assert.Equal(100_000, ResourceOf(path, "room").Length);
        AssemblyResource.Replace(path, "room", [1]);

        Assert.Equal(once, File.ReadAllBytes(path));
    }

    [Fact]
    public void Nothing_is_written_when_nothing_changes()
    {
        string path = Compile(Platform.AnyCpu);
        AssemblyResource.Replace(path, "room", [1]);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        AssemblyResource.Replace(path, "room", [1]);

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void The_file_is_laid_out_as_files_are(Platform platform)
    {
        string path = Compile(platform);

        AssemblyResource.Replace(path, "room", new byte[5000]);

        using PEReader reader = new(File.OpenRead(path));
        var headers = reader.PEHeaders;
        var sections = headers.SectionHeaders;
        Assert.Equal(".bpf", sections[^1].Name);
        Assert.All(sections, s => Assert.Equal((0, 0), (s.PointerToRawData % headers.PEHeader!.FileAlignment, s.VirtualAddress % headers.PEHeader.SectionAlignment)));
        Assert.All(sections.Zip(sections.Skip(1)), pair => Assert.True(pair.First.PointerToRawData + pair.First.SizeOfRawData <= pair.Second.PointerToRawData && pair.First.VirtualAddress + pair.First.VirtualSize <= pair.Second.VirtualAddress));
        Assert.True(sections[0].PointerToRawData >= headers.PEHeader!.SizeOfHeaders);
        Assert.Equal(new FileInfo(path).Length, sections[^1].PointerToRawData + sections[^1].SizeOfRawData);
        Assert.True(headers.PEHeader.SizeOfImage >= sections[^1].VirtualAddress + sections[^1].VirtualSize);
    }

    [Fact]
    public void Symbols_still_fit()
    {
        string path = Compile(Platform.AnyCpu);

        AssemblyResource.Replace(path, "room", new byte[5000]);

        using PEReader reader = new(File.OpenRead(path));
        Assert.True(reader.TryOpenAssociatedPortablePdb(path, p => File.Exists(p) ? File.OpenRead(p) : null, out var symbols, out string? pdb));
        using (symbols) Assert.Equal(Path.ChangeExtension(path, ".pdb"), pdb);
        AssemblyLoadContext context = new(null, isCollectible: true);
        var thrown = Assert.ThrowsAny<System.Reflection.TargetInvocationException>(() => context.LoadFromAssemblyPath(path).GetType("Subject")!.GetMethod("Answer")!.Invoke(null, null));
        Assert.Contains("Subject.cs:line 1", thrown.InnerException!.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_without_the_resource_is_refused_and_stays()
    {
        string path = Compile(Platform.AnyCpu);
        byte[] before = File.ReadAllBytes(path);

        Assert.Throws<InvalidOperationException>(() => AssemblyResource.Replace(path, "elsewhere", [1]));

        Assert.Equal(before, File.ReadAllBytes(path));
    }

    private static byte[] ResourceOf(string path, string name)
    {
        AssemblyLoadContext context = new(null, isCollectible: true);
        using MemoryStream image = new(File.ReadAllBytes(path)), copy = new();
        using var resource = context.LoadFromStream(image).GetManifestResourceStream(name)!;
        resource.CopyTo(copy);
        return copy.ToArray();
    }

    private static string Compile(Platform platform)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ruche-resource-").FullName, "Subject.dll");
        var tree = CSharpSyntaxTree.ParseText(Source, path: "Subject.cs", encoding: System.Text.Encoding.UTF8);
        var compilation = CSharpCompilation.Create("Subject", [tree], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new(OutputKind.DynamicallyLinkedLibrary, platform: platform));
        using var image = File.Create(path);
        using var symbols = File.Create(Path.ChangeExtension(path, ".pdb"));
        ResourceDescription[] resources = [Resource("before", 9, 8, 7, 6, 5), Resource("room"), Resource("after", 4, 4)];
        var result = compilation.Emit(image, symbols, manifestResources: resources, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: Path.ChangeExtension(path, ".pdb")));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    private static ResourceDescription Resource(string name, params byte[] contents) => new(name, () => new MemoryStream(contents), isPublic: true);
}
