// SPDX-License-Identifier: MIT
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Samples;

/// <summary>The programs in C#, as Ruche.Bpf.Compiler.Tests has compiled them for the oldest kernel that they work on.</summary>
internal static class CSharpObject
{
    public static string Folder { get; } = Path.Combine(Compiled.Root, "artifacts", "compiled", "csharp");

    /// <summary>An object that may be configured; the test is skipped where it was not compiled.</summary>
    public static BpfObject Open(string name)
    {
        Assert.SkipUnless(Directory.Exists(Folder), "Ruche.Bpf.Compiler.Tests compiles the programs, and has not run");
        return BpfObject.Open(ObjectSpec.ReadFile(Assert.Single(Directory.EnumerateFiles(Folder, $"{name}-*.o"))));
    }

    /// <summary>Loads an object and attaches all of it.</summary>
    public static void Start(this BpfObject opened)
    {
        var refused = opened.Load().Attach().Where(o => !o.IsAttached).ToList();
        Assert.True(refused.Count == 0, string.Join('\n', refused.Select(r => $"{r.Program.Name}: {r.Reason}")));
    }

    /// <summary>What its ring buffer holds.</summary>
    public static List<ToldRecord> Records(this BpfObject loaded)
    {
        List<ToldRecord> records = [];
        using RingBufferReader reader = new(loaded.Maps.Values.Single(m => m.Type is MapType.RingBuf));
        reader.Consume(record => records.Add(new(record.ToArray())));
        return records;
    }
}
