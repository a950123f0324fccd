using System.Collections.Concurrent;
using System.Diagnostics;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Bpf.Objects.Specs;

namespace FilterTests;

/// <summary>Compiles the programs of samples/c, as a build would: any object that clang has made will do.</summary>
internal static class Sample
{
    private static readonly ConcurrentDictionary<string, Lazy<ObjectSpec>> Compiled = [];

    public static ObjectSpec Compile(string name) => Compiled.GetOrAdd(name, _ => new(() => Run(name))).Value;

    private static ObjectSpec Run(string name)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "c"), output = Directory.CreateTempSubdirectory("ruche-sample-").FullName;
        try
        {
            using (var header = File.Create(Path.Combine(output, "vmlinux.h"))) CHeaderRenderer.Render(KernelTypes.Running, header);
            string compiled = Path.Combine(output, $"{name}.bpf.o");
            using var clang = Process.Start("clang", ["--target=bpfel", "-O2", "-g", "-D__TARGET_ARCH_x86", "-Wno-duplicate-decl-specifier", $"-I{output}", "-c", Path.Combine(source, $"{name}.bpf.c"), "-o", compiled]);
            clang.WaitForExit();
            Assert.Equal(0, clang.ExitCode);
            return ObjectSpec.ReadFile(compiled);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }
}
