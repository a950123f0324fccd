// SPDX-License-Identifier: MIT
using Ruche.Trace.Output;
using Ruche.Trace.Output.Values;

namespace Ruche.Trace.Tests.Output;

/// <summary>Addresses of version 6 are written as the C library writes them.</summary>
public sealed class InternetAddressTests
{
    private const string Program = """
        #include <arpa/inet.h>
        #include <stdio.h>
        int main(void) {
            char text[64];
            unsigned address[16];
            unsigned char bytes[16];
            for (;;) {
                for (int i = 0; i < 16; i++) if (scanf("%2x", &address[i]) != 1) return 0; else bytes[i] = address[i];
                fputs(inet_ntop(AF_INET6, bytes, text, sizeof text), stdout);
                putchar(1);
            }
        }
        """;

    [Fact]
    public void Random_addresses_are_written_as_inet_ntop_writes_them()
    {
        Random random = new(6403);
        byte[][] addresses = [.. Enumerable.Range(0, 3_000).Select(_ => Next(random))];

        string[] expected = CProgram.Run(Program, addresses.Select(Convert.ToHexString));

        Assert.Equal(expected, addresses.Select(Show));
    }

    /// <summary>Half of the groups are zeros, so that there are runs of all lengths.</summary>
    private static byte[] Next(Random random)
    {
        byte[] address = new byte[16];
        int firstZeros = random.Next(8);
        for (int i = firstZeros; i < 8; i++)
        {
            int group = random.Next(4) switch { 0 or 1 => 0, 2 => 0xffff, _ => random.Next(0x10000) };
            (address[i * 2], address[(i * 2) + 1]) = ((byte)(group >> 8), (byte)group);
        }

        return address;
    }

    private static string Show(byte[] address)
    {
        OutputBuffer buffer = new();
        AddressText.AppendInternet(buffer, [10, 0, 0, 0, .. address]);
        return buffer.ToString();
    }
}
