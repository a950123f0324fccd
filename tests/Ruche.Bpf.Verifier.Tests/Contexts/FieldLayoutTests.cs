// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Contexts;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Contexts;

/// <summary>The tables against the structures of the kernel that runs.</summary>
[Trait("Category", "Kernel")]
public sealed class FieldLayoutTests
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";

    private static readonly KernelRelease Host = new(Environment.OSVersion.Version.Major, Environment.OSVersion.Version.Minor);
    private static readonly Lazy<BtfSpec> Kernel = new(() => BtfSpec.Read(File.ReadAllBytes(KernelTypes)));

    [Theory]
    [InlineData("__sk_buff", ProgramType.SchedCls)]
    [InlineData("xdp_md", ProgramType.Xdp)]
    [InlineData("bpf_sock", ProgramType.CgroupSock)]
    [InlineData("bpf_sock_addr", ProgramType.CgroupSockAddr)]
    [InlineData("bpf_sock_ops", ProgramType.SockOps)]
    [InlineData("sk_msg_md", ProgramType.SkMsg)]
    [InlineData("sk_reuseport_md", ProgramType.SkReuseport)]
    [InlineData("bpf_sk_lookup", ProgramType.SkLookup)]
    [InlineData("bpf_sysctl", ProgramType.CgroupSysctl)]
    [InlineData("bpf_sockopt", ProgramType.CgroupSockOpt)]
    [InlineData("bpf_cgroup_dev_ctx", ProgramType.CgroupDevice)]
    [InlineData("pt_regs", ProgramType.Kprobe)]
    [InlineData("bpf_perf_event_data", ProgramType.PerfEvent)]
    [InlineData("bpf_nf_ctx", ProgramType.Netfilter)]
    public void A_context_is_laid_out_as_in_the_kernel(string structure, ProgramType type) => Compare(structure, ContextRules.TableOf(type));

    [Theory]
    [InlineData("bpf_sock", ValueKind.Socket)]
    [InlineData("bpf_sock", ValueKind.SocketCommon)]
    [InlineData("bpf_tcp_sock", ValueKind.TcpSocket)]
    [InlineData("bpf_xdp_sock", ValueKind.XdpSocket)]
    public void A_socket_is_laid_out_as_in_the_kernel(string structure, ValueKind kind) => Compare(structure, SocketRules.TableOf(kind));

    [Fact]
    public void The_keys_of_a_flow_end_where_the_kernel_ends_them()
    {
        int size = Find("bpf_flow_keys").Size;

        Assert.True(SocketRules.Check(ValueKind.FlowKeys, size - 1, 1, isWrite: true).IsAllowed);
        Assert.False(SocketRules.Check(ValueKind.FlowKeys, size, 1, isWrite: true).IsAllowed);
    }

    private static void Compare(string structure, ContextTable table)
    {
        BtfType.Composite type = Find(structure);
        Dictionary<string, int> offsets = Flatten(type, 0).ToDictionary(member => member.Name, member => member.Offset);

        Assert.All(table.Fields.Where(field => field.IsIn(Host)), field => Assert.Equal(OffsetIn(offsets, field), field.Offset));
        if (table.Fields.All(field => field.Since <= Host)) Assert.Equal(type.Size, table.Size);
    }

    /// <summary>Where the kernel has a field; the padding after a port counts as a part of it.</summary>
    private static int OffsetIn(Dictionary<string, int> offsets, ContextField field)
    {
        if (field is { Name: "remote_port", Offset: 38 }) return offsets["remote_port"] + 2;

        string[] parts = field.Name.Split('[', ']');
        return offsets[parts[0]] + (parts.Length > 1 ? int.Parse(parts[1]) * field.Element : 0);
    }

    private static BtfType.Composite Find(string structure)
    {
        if (!File.Exists(KernelTypes)) Assert.Skip($"needs {KernelTypes}");
        Assert.SkipUnless(Kernel.Value.TryFind(BtfKind.Struct, structure, out int id), $"the kernel has no {structure}");
        return (BtfType.Composite)Kernel.Value[id];
    }

    private static IEnumerable<(string Name, int Offset)> Flatten(BtfType.Composite type, int start)
    {
        foreach (BtfMember member in type.Members)
        {
            int offset = start + member.BitOffset / 8;
            if (member.Name is not ("" or "regs")) yield return (member.Name, offset);
            else if (Kernel.Value[Kernel.Value.Resolve(member.Type)] is BtfType.Composite inner)
            {
                foreach (var nested in Flatten(inner, offset)) yield return nested;
            }
        }
    }
}
