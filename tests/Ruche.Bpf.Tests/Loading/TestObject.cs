// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;

namespace Ruche.Bpf.Tests.Loading;

/// <summary>Objects compiled from C in the test itself.</summary>
internal static class TestObject
{
    private const string Prologue = """
        #include <linux/bpf.h>
        #include <linux/in.h>
        #include <linux/if_ether.h>
        #include <linux/ip.h>
        #include <bpf/bpf_helpers.h>
        #include <bpf/bpf_endian.h>
        #include <bpf/bpf_tracing.h>
        char LICENSE[] SEC("license") = "GPL";

        """;

    /// <summary>Compiles a source after the usual includes; line 1 of the source is line 1 in messages.</summary>
    public static ObjectSpec Read(string source, string name = "test") => ObjectSpec.Read(Clang.Compile($"{Prologue}#line 1 \"test.bpf.c\"\n{source}"), name);

    public static BpfObject Open(string source, LoadOptions? options = null, string name = "test") => BpfObject.Open(Read(source, name), options);

    public static BpfObject Load(string source, LoadOptions? options = null)
    {
        var opened = Open(source, options);
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
}
