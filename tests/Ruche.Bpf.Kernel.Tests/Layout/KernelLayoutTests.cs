// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Kernel.Tests.Layout;

/// <summary>The structs that programs share with the kernel, held against the types of the kernel that runs.</summary>
public sealed class KernelLayoutTests
{
    public static TheoryData<Type, string> Shared => new()
    {
        { typeof(XdpContext), "xdp_md" },
        { typeof(SkBuffContext), "__sk_buff" },
        { typeof(SockAddrContext), "bpf_sock_addr" },
        { typeof(SockContext), "bpf_sock" },
        { typeof(SockOpsContext), "bpf_sock_ops" },
        { typeof(SkMsgContext), "sk_msg_md" },
        { typeof(SkLookupContext), "bpf_sk_lookup" },
        { typeof(SkReuseportContext), "sk_reuseport_md" },
        { typeof(SysctlContext), "bpf_sysctl" },
        { typeof(SockOptContext), "bpf_sockopt" },
        { typeof(DeviceContext), "bpf_cgroup_dev_ctx" },
        { typeof(FlowKeys), "bpf_flow_keys" },
        { typeof(PerfEventContext), "bpf_perf_event_data" },
        { typeof(PtRegs), "pt_regs" },
        { typeof(NetfilterContext), "bpf_nf_ctx" },
        { typeof(IteratorMeta), "bpf_iter_meta" },
        { typeof(IteratorContext<>), "bpf_iter__task" },
        { typeof(SocketIteratorContext<>), "bpf_iter__tcp" },
        { typeof(TaskFileIteratorContext<,>), "bpf_iter__task_file" },
        { typeof(TaskVmaIteratorContext<,>), "bpf_iter__task_vma" },
        { typeof(MapElementIteratorContext<,,>), "bpf_iter__bpf_map_elem" },
        { typeof(SockMapIteratorContext<,,>), "bpf_iter__sockmap" },
        { typeof(SkStorageIteratorContext<,,>), "bpf_iter__bpf_sk_storage_map" },
        { typeof(TunnelKey), "bpf_tunnel_key" },
        { typeof(FibLookup), "bpf_fib_lookup" },
        { typeof(NextHop), "bpf_redir_neigh" },
        { typeof(XfrmState), "bpf_xfrm_state" },
        { typeof(SocketTupleIPv6), "bpf_sock_tuple" },
        { typeof(TcpSocket), "bpf_tcp_sock" },
        { typeof(PerfEventValue), "bpf_perf_event_value" },
        { typeof(ProcessIds), "bpf_pidns_info" },
        { typeof(TypedPointer), "btf_ptr" },
        { typeof(DevMapValue), "bpf_devmap_val" },
        { typeof(CpuMapValue), "bpf_cpumap_val" },
        { typeof(ConnectionOptions), "bpf_ct_opts" },
        { typeof(EthernetHeader), "ethhdr" },
        { typeof(VlanHeader), "vlan_hdr" },
        { typeof(ArpHeader), "arphdr" },
        { typeof(IPv4Header), "iphdr" },
        { typeof(IPv6Header), "ipv6hdr" },
        { typeof(IPv6ExtensionHeader), "ipv6_opt_hdr" },
        { typeof(IPv6FragmentHeader), "frag_hdr" },
        { typeof(TcpHeader), "tcphdr" },
        { typeof(UdpHeader), "udphdr" },
        { typeof(IcmpHeader), "icmphdr" },
        { typeof(IcmpV6Header), "icmp6hdr" },
        { typeof(GreHeader), "gre_base_hdr" },
        { typeof(VxlanHeader), "vxlanhdr" },
        { typeof(GeneveHeader), "genevehdr" },
    };

    public static TheoryData<Type, string> Named =>
        new(KernelLibrary.TypesWith<Lowering.BtfNameAttribute>().Select(t => (t.Type, t.Attribute.Name)));

    [Theory]
    [MemberData(nameof(Shared))]
    public void Sizes_and_fields_are_the_kernels(Type type, string name)
    {
        BtfSpec kernel = KernelTypes.OrSkip();
        if (!kernel.TryFind<BtfType.Composite>(name, out int id)) Assert.Skip($"this kernel has no {name}");
        HashSet<int> members = [];
        Collect(kernel, id, 0, members);

        Assert.Equal(kernel.SizeOf(id), StructLayout.SizeOf(type));
        foreach (var (field, offset) in StructLayout.Fields(type))
        {
            bool isRest = field.Name.EndsWith("Rest", StringComparison.Ordinal);
            Assert.True(isRest || members.Contains(offset), $"{name} has nothing at byte {offset}, where {field.Name} is");
        }
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void What_the_kernel_knows_by_name_has_its_size(Type type, string name)
    {
        BtfSpec kernel = KernelTypes.OrSkip();
        if (!kernel.TryFind<BtfType.Composite>(name, out int id)) Assert.Skip($"this kernel has no {name}");

        Assert.Equal(kernel.SizeOf(id), StructLayout.SizeOf(type));
    }

    // Every place where a member, or an element of one, begins.
    private static void Collect(BtfSpec kernel, int id, int start, HashSet<int> found)
    {
        foreach (BtfMember member in ((BtfType.Composite)kernel[id]).Members)
        {
            int offset = start + member.BitOffset / 8;
            int type = kernel.Resolve(member.Type);
            found.Add(offset);
            if (kernel[type] is BtfType.Composite) Collect(kernel, type, offset, found);
            if (kernel[type] is BtfType.Array array)
            {
                for (int i = 1; i < array.Count; i++) found.Add(offset + i * kernel.SizeOf(array.Element));
            }
        }
    }
}
