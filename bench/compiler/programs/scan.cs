// SPDX-License-Identifier: MIT
/// <summary>Where the first line of the payload ends.</summary>
[BpfObject]
public static class Scan
{
    [Xdp(Name = "scan")]
    private static int FindEnd(in XdpContext context)
    {
        Packet packet = context.Packet;
        for (int i = 0; i < 256; i++)
        {
            if (!packet.TryRead(out byte letter)) return -1;
            if (letter == '\n') return i;
        }

        return -2;
    }
}
