// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Tests;

namespace Ruche.Samples.Tests;

/// <summary>Samples that watch the running kernel, while the tests do what they watch for.</summary>
public sealed class RunningTests : KernelTest
{
    // IPPROTO_TCP, TCP_CONGESTION.
    private const int ProtocolOfTcp = 6, CongestionOption = 13;

    private static readonly string Me = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task System_calls_are_counted()
    {
        using var sample = SampleProcess.Start("SyscallCounter");
        await sample.WaitAsync("Counting");

        await sample.WaitAsync($"PID {Me}: ", () => Directory.Exists("/"));

        Assert.Equal(130, sample.Interrupt());
    }

    [Fact]
    public async Task Programs_that_start_are_told_with_their_arguments()
    {
        using var sample = SampleProcess.Start("ExecSnoop");
        await sample.WaitAsync("COMMAND");

        Process.Start("/bin/true", ["ruche", "two words"]).WaitForExit();

        string line = await sample.WaitAsync("/bin/true ruche");
        Assert.EndsWith("/bin/true ruche two words", line, StringComparison.Ordinal);
        Assert.Contains($" {Me} ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_a_process_opens_are_told_and_those_it_cannot()
    {
        using var sample = SampleProcess.Start("OpenSnoop", Me);
        await sample.WaitAsync("FILE");

        Assert.Throws<DirectoryNotFoundException>(() => File.OpenRead("/ruche/opens/this"));
        File.OpenRead("/etc/passwd").Dispose();

        Assert.Contains(" -2 ", await sample.WaitAsync("/ruche/opens/this"), StringComparison.Ordinal);
        Assert.StartsWith(Me, await sample.WaitAsync("/etc/passwd"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Connections_are_told_with_their_latency(string address)
    {
        using var sample = SampleProcess.Start("TcpConnectLatency");
        await sample.WaitAsync("REMOTE");
        using TcpListener server = new(IPAddress.Parse(address), 0);
        server.Start();

        using TcpClient client = new(IPAddress.Parse(address).AddressFamily);
        await client.ConnectAsync((IPEndPoint)server.LocalEndpoint, TestContext.Current.CancellationToken);

        string line = await sample.WaitAsync($"{address}:{((IPEndPoint)server.LocalEndpoint).Port} ");
        Assert.StartsWith(Me, line, StringComparison.Ordinal);
        Assert.Contains($"{address}:{((IPEndPoint)client.Client.LocalEndPoint!).Port} ", line, StringComparison.Ordinal);
        Assert.InRange(double.Parse(line.Split(' ')[^1], CultureInfo.CurrentCulture), 0.001, 10_000);
    }

    [Fact]
    public async Task A_connection_that_chooses_the_sample_s_congestion_control_is_counted_and_transfers_all()
    {
        Since(6, 4, "links of struct_ops maps");
        byte[] sent = new byte[8 << 20], chosen = new byte[16];
        Random.Shared.NextBytes(sent);
        using var sample = SampleProcess.Start("CongestionControl");
        await sample.WaitAsync("may use ruche_aimd");
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        using TcpClient client = new();
        client.Client.SetRawSocketOption(ProtocolOfTcp, CongestionOption, "ruche_aimd"u8);
        await client.ConnectAsync((IPEndPoint)server.LocalEndpoint, TestContext.Current.CancellationToken);
        client.Client.GetRawSocketOption(ProtocolOfTcp, CongestionOption, chosen);

        byte[] received = await TransferAsync(sent, client, await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken));

        Assert.True(chosen.AsSpan().StartsWith("ruche_aimd\0"u8));
        Assert.Equal(sent, received);
        await sample.WaitAsync("1 connections used ruche_aimd");
        Assert.Equal(130, sample.Interrupt());
        Assert.DoesNotContain("ruche_aimd", await File.ReadAllTextAsync("/proc/sys/net/ipv4/tcp_available_congestion_control", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_of_disks_are_drawn()
    {
        using var sample = SampleProcess.Start("BioLatency");
        await sample.WaitAsync("Measuring");
        string file = Path.Combine(AppContext.BaseDirectory, "ruche-written");

        await sample.WaitAsync("@", () =>
        {
            using FileStream written = File.Create(file);
            written.Write(new byte[4096]);
            written.Flush(flushToDisk: true);
        });

        File.Delete(file);
    }

    [Fact]
    public async Task What_is_said_through_openssl_is_told_in_plain_text()
    {
        using var sample = SampleProcess.Start("OpenSslTrace");
        await sample.WaitAsync("Listening");

        await SecretTalk.HoldAsync("GET /secret", "here it is");

        Assert.Contains("sends 11 bytes: GET /secret", await sample.WaitAsync("GET /secret"), StringComparison.Ordinal);
        Assert.Contains("here it is", await sample.WaitAsync("here it is"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DropTcp")]
    [InlineData("RateLimit", "lo")]
    [InlineData("RateLimit", "lo", "many")]
    [InlineData("TrafficShaper")]
    [InlineData("PortKnock", "lo", "22", "1", "2", "port")]
    [InlineData("DenyFile")]
    public async Task Wrong_arguments_are_answered_with_the_right_ones(string name, params string[] arguments)
    {
        using var sample = SampleProcess.Start(name, arguments);

        await sample.WaitAsync($"usage: {name} ");

        Assert.Equal(2, sample.Exit());
    }

    private static async Task<byte[]> TransferAsync(byte[] sent, TcpClient from, TcpClient to)
    {
        using (to)
        {
            byte[] received = new byte[sent.Length];
            Task sends = from.GetStream().WriteAsync(sent, TestContext.Current.CancellationToken).AsTask();
            await to.GetStream().ReadExactlyAsync(received, TestContext.Current.CancellationToken);
            await sends;
            return received;
        }
    }
}
