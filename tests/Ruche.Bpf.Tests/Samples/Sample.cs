// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;

namespace Ruche.Bpf.Tests.Samples;

/// <summary>The programs of samples/c, compiled against the running kernel's header.</summary>
internal static class Sample
{
    private static readonly string Folder = Path.Combine(Compiled.Root, "samples", "c");

    public static BpfObject Open(string name) => BpfObject.Open(ObjectSpec.Read(Compile($"{name}.bpf.c"), name));

    public static BpfObject Load(string name)
    {
        var opened = Open(name);
        try
        {
            return opened.Load();
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static byte[] Compile(string file)
    {
        string source = File.ReadAllText(Path.Combine(Folder, file));
        string header = File.ReadAllText(Path.Combine(Folder, "packet.h"));
        return Compiled.Get($"{source}\0{header}", () =>
        {
            string include = Directory.CreateTempSubdirectory("ruche-vmlinux-").FullName;
            try
            {
                using (FileStream vmlinux = File.Create(Path.Combine(include, "vmlinux.h"))) CHeaderRenderer.Render(KernelTypes.Running, vmlinux);
                return Clang.Compile(source, "-D__TARGET_ARCH_x86", $"-I{Folder}", $"-I{include}");
            }
            finally
            {
                Directory.Delete(include, recursive: true);
            }
        });
    }
}
