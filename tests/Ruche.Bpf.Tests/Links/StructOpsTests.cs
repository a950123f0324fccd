// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

public sealed class StructOpsTests : KernelTest
{
    private const string Available = "/proc/sys/net/ipv4/tcp_available_congestion_control";

    private const string Source = """
        struct sock;
        struct tcp_congestion_ops
        {
            void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
            __u32 (*ssthresh)(struct sock *sk);
            __u32 (*undo_cwnd)(struct sock *sk);
            char name[16];
        };
        SEC("struct_ops") void keeps(unsigned long long *ctx) {}
        SEC("struct_ops") __u32 answers(unsigned long long *ctx) { return 2; }
        SEC("struct_ops") __u32 undoes(unsigned long long *ctx) { return 10; }
        SEC("SECTION") struct tcp_congestion_ops algorithm = {
            .cong_avoid = (void *)keeps, .ssthresh = (void *)answers, .undo_cwnd = (void *)undoes, .name = "ruche_test" };
        """;

    [Theory]
    [InlineData(".struct_ops.link", "bpf link")]
    [InlineData(".struct_ops", "struct_ops map")]
    public void The_kernel_uses_a_congestion_control_while_it_is_attached(string section, string mechanism)
    {
        if (section != ".struct_ops") Since(6, 4, "links of struct_ops maps");
        using var control = TestObject.Load(Source.Replace("SECTION", section, StringComparison.Ordinal));

        control.Attach();
        bool isThere = IsAvailable();
        var link = Assert.Single(control.Links);
        link.Detach();

        Assert.True(isThere);
        Assert.Equal(AttachKind.StructOps, link.Kind);
        Assert.Equal(mechanism, link.Mechanism);
        Assert.False(IsAvailable());
    }

    [Fact]
    public void A_map_that_was_loaded_is_attached_alone()
    {
        Since(6, 4, "links of struct_ops maps");
        using var control = TestObject.Load(Source.Replace("SECTION", ".struct_ops.link", StringComparison.Ordinal));

        KernelLink link = control.Map("algorithm").AttachStructOps();
        bool isThere = IsAvailable();
        link.Dispose();

        Assert.True(isThere);
        Assert.Equal(AttachKind.StructOps, link.Kind);
        Assert.False(IsAvailable());
    }

    [Fact]
    public void Loading_attaches_nothing()
    {
        using var control = TestObject.Load(Source.Replace("SECTION", ".struct_ops", StringComparison.Ordinal));

        bool isThere = IsAvailable();
        control.Attach();
        bool isAttached = IsAvailable();

        Assert.False(isThere);
        Assert.True(isAttached);
    }

    private static bool IsAvailable() => File.ReadAllText(Available).Contains("ruche_test", StringComparison.Ordinal);
}
