// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>Twins that walk through the kernel's structures, attached side by side: of what this process does, both tell the same, but for the time it took.</summary>
public sealed class AttachedTwinTests : KernelTest
{
    [Fact]
    public void Both_tell_of_a_program_that_is_started()
    {
        string argument = $"ruche {Environment.ProcessId}";

        var (clang, ours) = Observe("ExecSnoop", Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"true\0{argument}\0")), () =>
        {
            using var started = Process.Start("/usr/bin/env", ["true", argument]);
            started.WaitForExit();
        });

        // First env is started, then what it starts.
        Assert.Equal(2, clang.Count);
        Assert.Equal(clang, ours);
    }

    [Fact]
    public void Both_tell_of_a_connection_that_is_answered()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var (clang, ours) = Observe("TcpConnectLatency", $"{port:x4}00000000000000000000ffff7f000001", () =>
        {
            using TcpClient client = new();
            client.Connect(IPAddress.Loopback, port);
        });

        Assert.Single(clang);
        Assert.Equal(clang, ours);
    }

    // Others do things meanwhile: only records in which the mark stands count. The time stands first in each.
    private static (List<string> Clang, List<string> Ours) Observe(string name, string mark, Action act)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/clang"), "clang is not installed");
        using var clang = BpfObject.Open(Twin.CompileC(name)).Load();
        using var ours = BpfObject.Open(Twin.CompileCSharp(name)).Load();
        clang.Attach();
        ours.Attach();

        act();

        return (Records(clang, mark), Records(ours, mark));
    }

    private static List<string> Records(BpfObject loaded, string mark)
    {
        List<string> records = [];
        using RingBufferReader reader = new(loaded.Maps.Values.Single(m => m.Type is MapType.RingBuf));
        reader.Consume(record => records.Add(Convert.ToHexStringLower(record[8..])));
        return records.FindAll(r => r.Contains(mark, StringComparison.Ordinal));
    }
}
