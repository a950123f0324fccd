// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;

namespace Ruche.Bpf.Tests.Loading;

/// <summary>Objects compiled from C in the test itself.</summary>
internal static class TestObject
{
    private static readonly string[] Headers =
    [
        "linux/bpf.h", "linux/ptrace.h", "linux/in.h", "linux/if_ether.h", "linux/ip.h", "linux/tcp.h", "bpf/bpf_helpers.h", "bpf/bpf_endian.h", "bpf/bpf_tracing.h",
    ];

    private static readonly string[] Arguments = ["-D__TARGET_ARCH_x86", .. Headers.SelectMany(h => (string[])["-include", h])];

    /// <summary>Compiles a source to which the usual headers and a licence are added, without moving its lines.</summary>
    public static ObjectSpec Read(string source, string name = "test", string license = "GPL") =>
        ObjectSpec.Read(Compile($"{source}\nchar LICENSE[] SEC(\"license\") = \"{license}\";"), name);

    /// <summary>Compiles a source to which the usual headers are added.</summary>
    public static byte[] Compile(string source) =>
        Compiled.Get(string.Join('\0', [source, .. Arguments]), () => Clang.Compile(source, Arguments));

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
