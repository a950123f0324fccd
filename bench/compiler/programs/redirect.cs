// SPDX-License-Identifier: MIT
/// <summary>Connections to a service's address go to one of its backends instead.</summary>
[BpfObject]
public static class Redirect
{
    private struct Service
    {
        public IPv4Address Address;
        public NetworkUInt16 Port;
        public ushort Unused;
    }

    [BpfMap(MaxEntries = 256)]
    private static readonly BpfHashMap<Service, Service> Services;

    [BpfMap(MaxEntries = 1)]
    private static readonly BpfArray<ulong> Redirected;

    [CgroupConnect4(Name = "redirect")]
    private static CgroupVerdict Connect(ref SockAddrContext address)
    {
        NetworkUInt16 port = address.UserPort;
        Service asked = new() { Address = address.UserIPv4, Port = port };
        ref Service backend = ref Services.Lookup(in asked);
        if (Bpf.IsNull(ref backend)) return port == 25 ? CgroupVerdict.Reject : CgroupVerdict.Allow;
        address.UserIPv4 = backend.Address;
        address.UserPort = backend.Port;
        ref ulong count = ref Redirected.Lookup(0);
        if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
        return CgroupVerdict.Allow;
    }
}
