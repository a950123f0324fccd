// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>Programs that the verifier accepts run without checks, others with them.</summary>
public sealed class TrustTests
{
    private const string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>

        SEC("xdp") int checked(struct xdp_md *ctx)
        {
            unsigned char *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
            return data + 24 > end ? XDP_PASS : data[23] == 6 ? XDP_DROP : XDP_PASS;
        }

        SEC("xdp") int unchecked(struct xdp_md *ctx)
        {
            unsigned char *data = (void *)(long)ctx->data;
            return data[23] == 6 ? XDP_DROP : XDP_PASS;
        }

        SEC("tracepoint/syscalls/sys_enter_write") int record(unsigned long *ctx)
        {
            return ctx[2] == 1;
        }

        char LICENSE[] SEC("license") = "Dual MIT/GPL";
        """;

    private static readonly ObjectSpec Object = ObjectSpec.Read(Clang.Compile(Source));

    [Theory]
    [InlineData("checked", true)]
    [InlineData("unchecked", false)]
    [InlineData("record", false)]
    public void What_is_verified_is_trusted(string name, bool isTrusted)
    {
        using var machine = BpfMachine.Load(Object, new() { TrustsVerified = true });

        Assert.Equal(isTrusted, machine.Program(name).Code.IsTrusted);
    }

    [Fact]
    public void Nothing_is_trusted_unless_it_is_asked_for()
    {
        using var machine = BpfMachine.Load(Object, new());

        Assert.False(machine.Program("checked").Code.IsTrusted);
    }

    [Fact]
    public void A_verified_program_does_without_checks_what_it_does_with_them()
    {
        byte[] packet = new byte[60];
        packet[23] = 6;
        using var machine = BpfMachine.Load(Object, new() { TrustsVerified = true });

        var run = machine.Program("checked").Run(packet);

        Assert.Equal(XdpAction.Drop, run.XdpAction);
    }

    [Fact]
    public void A_program_that_is_refused_is_stopped_where_it_goes_wrong()
    {
        using var machine = BpfMachine.Load(Object, new() { TrustsVerified = true });

        var run = machine.Program("unchecked").Run(new byte[14]);

        Assert.Equal(FaultKind.BadAccess, run.Fault?.Kind);
    }
}
