// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>The programs of testdata, compiled for the kernel.</summary>
internal static class Compiler
{
    private static readonly string Folder = Path.Combine(Compiled.Root, "tests", "Ruche.Bpf.Machine.Tests", "testdata");

    public static ObjectSpec Read(string name)
    {
        string source = File.ReadAllText(Path.Combine(Folder, $"{name}.bpf.c"));
        return ObjectSpec.Read(Compiled.Get(source, () => Clang.Compile(source, "-D__x86_64__")), name);
    }
}
