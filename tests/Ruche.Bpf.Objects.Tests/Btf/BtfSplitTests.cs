// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Btf;

public sealed class BtfSplitTests
{
    private const string Kernel = "struct shared { int a; long b; }; struct shared kernel_value; int kernel_function(struct shared *s) { return s->a; }";
    private const string Module = "struct shared { int a; long b; }; struct own { struct shared s; struct own *next; }; struct own module_value;";

    [Fact]
    public void Reads_the_types_of_a_module_that_pahole_encoded()
    {
        var directory = Directory.CreateTempSubdirectory("ruche-btf-");
        try
        {
            string kernelFile = Encode(directory.FullName, "kernel", Kernel, baseFile: null);
            string moduleFile = Encode(directory.FullName, "module", Module, kernelFile);
            var kernel = BtfSpec.Read(File.ReadAllBytes(kernelFile));

            var module = BtfSpec.Read(File.ReadAllBytes(moduleFile), kernel);

            Assert.True(module.TryFind<BtfType.Composite>("own", out int own));
            Assert.True(own >= kernel.Count);
            Assert.Equal(24, module.SizeOf(own));
            Assert.Equal("struct shared", module.TypeNameOf(((BtfType.Composite)module[own]).Members[0].Type));
            Assert.True(((BtfType.Composite)module[own]).Members[0].Type < kernel.Count);
            Assert.Throws<InvalidObjectException>(() => BtfSpec.Read(File.ReadAllBytes(moduleFile)));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_module_moves_from_its_distilled_base_to_the_kernel()
    {
        var kernel = BtfSpec.Read(BtfSamples.Compile().Btf);
        kernel.TryFind<BtfType.Composite>("event", out int whole);
        var distilled = Distilled(kernel.SizeOf(whole));
        BtfBuilder builder = new(distilled);
        int pointer = builder.Add(new BtfType.Pointer(2));
        builder.Add(new BtfType.Composite(IsUnion: false, 8, [new("e", pointer, 0, 0)]) { Name = "own" });

        var moved = BtfRebase.Rebase(builder.Build(), kernel);

        Assert.Same(kernel, moved.Base);
        Assert.True(moved.TryFind<BtfType.Composite>("own", out int own));
        int moving = ((BtfType.Composite)moved[own]).Members[0].Type;
        Assert.Equal(whole, ((BtfType.Pointer)moved[moving]).Target);
    }

    [Fact]
    public void A_module_for_another_kernel_is_refused()
    {
        var kernel = BtfSpec.Read(BtfSamples.Compile().Btf);
        BtfBuilder builder = new(Distilled(size: 12345));
        builder.Add(new BtfType.Pointer(2));

        var error = Assert.Throws<InvalidObjectException>(() => BtfRebase.Rebase(builder.Build(), kernel));

        Assert.Contains("struct event of 12345 bytes", error.Message, StringComparison.Ordinal);
    }

    private static BtfSpec Distilled(int size)
    {
        BtfBuilder builder = new();
        builder.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        builder.Add(new BtfType.Composite(IsUnion: false, size, []) { Name = "event" });
        return builder.Build();
    }

    private static string Encode(string directory, string name, string source, string? baseFile)
    {
        string file = Path.Combine(directory, name);
        File.WriteAllText($"{file}.c", source);
        BtfSamples.Run("gcc", "-g", "-gdwarf-4", "-c", $"{file}.c", "-o", $"{file}.o");
        string[] options = baseFile is null ? [] : [$"--btf_base={baseFile}"];
        BtfSamples.Run("pahole", ["-J", .. options, $"{file}.o"]);
        File.WriteAllBytes($"{file}.btf", BtfSamples.Section($"{file}.o", ".BTF"));
        return $"{file}.btf";
    }
}
