using System.Net;

namespace FilterTests;

internal static class Packets
{
    public static byte[] Ipv4(byte protocol, string source) =>
    [
        .. new byte[12], 0x08, 0x00,
        0x45, 0, 0, 40, 0, 0, 0, 0, 64, protocol, 0, 0,
        .. IPAddress.Parse(source).GetAddressBytes(), 10, 0, 0, 2,
        .. new byte[20],
    ];
}
