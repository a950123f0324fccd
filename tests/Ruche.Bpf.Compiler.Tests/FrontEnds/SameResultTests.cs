// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Reflection;
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>
/// Methods that compute a number of two: testdata/csharp-subjects/NAME.cs. What they come to as C# in this process, they come to in the machine and in the
/// kernel, however the C# was built.
/// </summary>
public sealed class SameResultTests : KernelTest
{
    private const string Entry = """

        [BpfObject]
        public static class Entry
        {
            struct Given { public uint A, B; }

            [Xdp]
            static int Run(in XdpContext context) => context.Packet.TryRead(out Given given) ? (int)Subject.Compute(given.A, given.B) : -1;

            public static uint Here(uint a, uint b) => Subject.Compute(a, b);
        }
        """;

    private static readonly (uint A, uint B)[] Inputs =
    [
        (1, 2), (0, 1), (5, 5), (7, 200), (255, 256), (0x80000000, 3), (0xffffffff, 0xfffffffe), (12, 0x7fffffff), (3_000_000_000, 17), (65535, 65537), (8, 1_000_000), (2, 0),
    ];

    private static readonly string Folder = TestData.Folder("csharp-subjects");

    public static TheoryData<string, bool> Cases =>
        new(Directory.EnumerateFiles(Folder, "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal).SelectMany(n => new[] { (n, true), (n, false) }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_method_comes_to_the_same_in_the_process_the_machine_and_the_kernel(string name, bool isOptimized)
    {
        string file = Path.Combine(Folder, $"{name}.cs");
        string path = CSharpBuild.Build($"{name}{(isOptimized ? "" : "Debug")}", file, File.ReadAllText(file) + Entry, isOptimized);
        var here = Assembly.LoadFrom(path).GetType("Entry")!.GetMethod("Here")!.CreateDelegate<Func<uint, uint, uint>>();
        DiagnosticBag diagnostics = new();

        var modules = CSharpCompiler.Read(path, CSharpBuild.References, diagnostics);

        Assert.Empty(diagnostics.Items);
        var spec = BpfCompiler.Compile(Assert.Single(modules), TargetProfile.Linux510);
        using var machine = BpfMachine.Load(spec);
        using var kernel = BpfObject.Open(ObjectSpec.Read(spec.Write(), name)).Load();
        foreach (var (a, b) in Inputs)
        {
            byte[] packet = new byte[64];
            BinaryPrimitives.WriteUInt32LittleEndian(packet, a);
            BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(4), b);
            var run = machine.Program("run").Run(packet);
            Assert.True(run.Fault is null, run.Fault?.ToString());
            Assert.Equal((a, b, here(a, b), here(a, b)), (a, b, run.ReturnValue, kernel.Program("run").Run(packet).ReturnValue));
        }
    }
}
