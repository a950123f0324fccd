// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>What programs ask about the kernel's types, answered by the running kernel: bit fields, numbers in network order, flavours of a type, whether types match.</summary>
public sealed class KernelQuestionTests : KernelTest
{
    private const string Types = """
        [KernelType("struct iphdr")]
        struct iphdr
        {
            private uint _one, _two, _three, _four, _five;

            public readonly uint ihl { [KernelBitField("ihl", 0, 4, false)] get => throw null!; }
            public readonly uint version { [KernelBitField("version", 4, 4, false)] get => throw null!; }
        }

        [KernelType("struct iphdr___same")] struct iphdr_same { public byte tos, ttl; }
        [KernelType("struct iphdr___net")] struct iphdr_net { public NetworkUInt16 tot_len; public IPv4Address daddr; }
        [KernelType("struct iphdr___wide")] struct iphdr_wide { public uint tos; }
        [KernelType("struct task_struct___old")] struct task_struct_old { public long state; public int pid; }
        [KernelType("struct task_struct___never")] struct task_struct_never { public int never_was; }
        [KernelType("struct never_was")] struct never_was { public int field; }
        """;

    [Theory]
    [InlineData("(int)(ip.version << 8 | ip.ihl)", 0x405)]
    [InlineData("Bpf.TypeMatches<iphdr_same>() ? 1 : 2", 1)]
    [InlineData("Bpf.TypeMatches<iphdr_wide>() ? 1 : 2", 2)]
    [InlineData("(int)System.Runtime.CompilerServices.Unsafe.As<iphdr, iphdr_net>(ref ip).tot_len.Value", 0x1234)]
    [InlineData("(int)System.Runtime.CompilerServices.Unsafe.As<iphdr, iphdr_net>(ref ip).daddr.Value", 0x0a000001)]
    [InlineData("Bpf.KernelTypeId<iphdr_same>() == Bpf.KernelTypeId<iphdr_wide>() && Bpf.KernelTypeId<iphdr>() != 0 ? 1 : 2", 1)]
    [InlineData("Bpf.TypeExists<never_was>() ? 1 : 2", 2)]
    [InlineData("Bpf.FieldExists<task_struct_old>(nameof(task_struct_old.pid)) ? 1 : 2", 1)]
    [InlineData("Bpf.FieldExists<task_struct_never>(nameof(task_struct_never.never_was)) ? 1 : 2", 2)]
    [InlineData("(int)Bpf.FieldSize<task_struct_old>(nameof(task_struct_old.pid))", 4)]
    public void The_kernel_answers(string question, int answer)
    {
        DiagnosticBag diagnostics = new();
        string text = $$"""
            [BpfObject]
            public static unsafe class Asking
            {
                {{Types}}

                [Xdp]
                static int Run(in XdpContext context)
                {
                    Packet packet = context.Packet;
                    ref iphdr ip = ref packet.Next<iphdr>();
                    return Bpf.IsNull(ref ip) ? -1 : {{question}};
                }
            }
            """;

        var modules = CSharpCompiler.Read(CSharpBuild.Build("Asking", "Asking.cs", text), CSharpBuild.References, diagnostics);

        Assert.True(diagnostics.Items.Count == 0, string.Join('\n', diagnostics.Items));
        var spec = BpfCompiler.Compile(Assert.Single(modules));
        using var loaded = BpfObject.Open(ObjectSpec.Read(spec.Write(), "asking")).Load();
        byte[] packet = new byte[64];
        packet[0] = 0x45;
        (packet[2], packet[3]) = (0x12, 0x34);
        (packet[16], packet[19]) = (10, 1);
        Assert.Equal((uint)answer, loaded.Program("run").Run(packet).ReturnValue);
    }
}
