// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>
/// The checksum of IP, TCP and UDP: the ones' complement of a sum in ones' complement. Sums are of words as they stand in memory, as the kernel's are; that
/// comes to the same bytes.
/// </summary>
public static class Checksum
{
    /// <summary>A sum brought down to 16 bits.</summary>
    public static ushort Fold(ulong sum)
    {
        sum = (sum & 0xffffffff) + (sum >> 32);
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)sum;
    }

    /// <summary>What is written into a header for a sum.</summary>
    public static NetworkUInt16 Finish(ulong sum) => NetworkUInt16.FromNetworkOrder((ushort)~(uint)Fold(sum));

    /// <summary>A checksum after two bytes have changed.</summary>
    public static NetworkUInt16 Replace(NetworkUInt16 checksum, NetworkUInt16 from, NetworkUInt16 to) =>
        Finish((ulong)(ushort)~(uint)checksum.NetworkOrder + (ushort)~(uint)from.NetworkOrder + to.NetworkOrder);

    /// <summary>A checksum after four bytes have changed.</summary>
    public static NetworkUInt16 Replace(NetworkUInt16 checksum, NetworkUInt32 from, NetworkUInt32 to) =>
        Finish((ulong)(ushort)~(uint)checksum.NetworkOrder + ~from.NetworkOrder + to.NetworkOrder);

    /// <summary>A checksum after an address has changed.</summary>
    public static NetworkUInt16 Replace(NetworkUInt16 checksum, IPv4Address from, IPv4Address to) => Replace(checksum, (NetworkUInt32)from, (NetworkUInt32)to);

    /// <summary>The checksum of an IPv4 header without options; what stands in it as its checksum is not counted.</summary>
    public static NetworkUInt16 Of(in IPv4Header header)
    {
        ulong sum = (uint)(header.VersionAndLength | (header.TypeOfService << 8));
        sum += header.TotalLength.NetworkOrder;
        sum += header.Identification.NetworkOrder;
        sum += header.FragmentOffset.NetworkOrder;
        sum += (uint)(header.TimeToLive | ((byte)header.Protocol << 8));
        sum += header.Source.NetworkOrder;
        sum += header.Destination.NetworkOrder;
        return Finish(sum);
    }
}
