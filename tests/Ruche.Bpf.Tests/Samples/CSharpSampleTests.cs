// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Samples;

/// <summary>The samples in C#, attached, and what they tell of what this process does.</summary>
public sealed class CSharpSampleTests : KernelTest
{
    private const int NoSuchFile = -2;

    [Fact]
    public void Counts_the_system_calls_of_this_process()
    {
        const int Calls = 200;
        using var sample = CSharpObject.Open("SyscallCounter");
        sample.Start();

        // Looking at a file that is not there takes at least one system call.
        for (int i = 0; i < Calls; i++) _ = File.Exists("/nowhere/ruche");

        Assert.True(sample.HashMap<uint, ulong>("Counts")[(uint)Environment.ProcessId] >= Calls);
    }

    [Fact]
    public void Reports_a_program_that_is_started_with_its_arguments()
    {
        using var sample = CSharpObject.Open("ExecSnoop");
        sample.Start();

        Shell.Run("sh", "-c", "true ruche-argument");

        // struct ExecEvent: time, process, parent, user, length of the arguments, name of the parent, file, arguments.
        var started = Assert.Single(sample.Records(), e => Arguments(e.Bytes.AsSpan(296, e.Number(20))) == "sh -c true ruche-argument");
        Assert.Equal((Environment.ProcessId, 0), (started.Number(12), started.Number(16)));
        Assert.EndsWith("/sh", started.Text(40, 256), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_a_file_that_is_opened_and_one_that_is_not_there()
    {
        using var sample = CSharpObject.Open("OpenSnoop");
        sample.Global<uint>("Process").Value = (uint)Environment.ProcessId;
        sample.Start();
        string there = Path.Combine(Path.GetTempPath(), $"ruche-open-{Guid.NewGuid():n}"), missing = $"{there}-not";

        File.WriteAllText(there, "");
        Assert.Throws<FileNotFoundException>(() => File.ReadAllText(missing));
        File.Delete(there);

        // struct OpenEvent: time, process, user, result, flags, command, file.
        var told = sample.Records();
        var opened = Assert.Single(told, e => e.Text(40, 256) == there);
        Assert.True(opened.Number(16) >= 0);
        Assert.Equal(Environment.ProcessId, opened.Number(8));
        Assert.Equal(NoSuchFile, Assert.Single(told, e => e.Text(40, 256) == missing).Number(16));
    }

    [Fact]
    public void Reports_a_connection_that_is_answered()
    {
        using var sample = CSharpObject.Open("TcpConnectLatency");
        sample.Start();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, port);

        // struct Connected: nanoseconds, process, local port, remote port, local and remote address, command.
        var connected = Assert.Single(sample.Records(), c => BinaryPrimitives.ReadUInt16BigEndian(c.Bytes.AsSpan(14)) == port);
        Assert.Equal(Environment.ProcessId, connected.Number(8));
        Assert.Equal(((IPEndPoint)client.Client.LocalEndPoint!).Port, BitConverter.ToUInt16(connected.Bytes, 12));
        Assert.All((int[])[16, 32], at => Assert.Equal(IPAddress.Loopback.MapToIPv6().GetAddressBytes(), connected.Bytes.AsSpan(at, 16).ToArray()));
        Assert.InRange(connected.Word(0), 1ul, 60_000_000_000ul);
    }

    [Fact]
    public void Refuses_a_file_that_is_listed_and_no_other()
    {
        Assert.SkipUnless(KernelFeatures.Program(ProgramType.Lsm).Ask() is Support.Yes && HasModule("bpf"), "the BPF security module is not active");
        using var sample = CSharpObject.Open("DenyFile");
        sample.Start();
        string folder = Directory.CreateTempSubdirectory("ruche-deny-").FullName, listed = Path.Combine(folder, "listed"), other = Path.Combine(folder, "other");
        File.WriteAllText(listed, "secret");
        File.WriteAllText(other, "known");
        var denied = sample.HashMap<FileId, ulong>("Denied");
        FileId id = IdOf(listed);
        denied[id] = 0;

        Assert.Throws<UnauthorizedAccessException>(() => File.ReadAllText(listed));
        Assert.Equal("known", File.ReadAllText(other));

        Assert.Equal(1ul, denied[id]);

        // struct Refusal: file, process, user, command.
        var refusal = Assert.Single(sample.Records());
        Assert.Equal((id.Inode, id.Device), (refusal.Word(0), refusal.Word(8)));
        Assert.Equal((Environment.ProcessId, 0), (refusal.Number(16), refusal.Number(20)));
        Assert.NotEqual("", refusal.Text(24, 16));
        denied.Remove(id);
        Assert.Equal("secret", File.ReadAllText(listed));
        Directory.Delete(folder, recursive: true);
    }

    private static string Arguments(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\0').Replace('\0', ' ');

    private static bool HasModule(string name)
    {
        const string List = "/sys/kernel/security/lsm";
        return File.Exists(List) && File.ReadAllText(List).Trim().Split(',').Contains(name);
    }

    // The kernel writes a device as major number times 2^20 plus minor number, and tells stat an older way.
    private static FileId IdOf(string file)
    {
        ulong[] numbers = [.. Shell.Run("stat", "-L", "-c", "%i %d", file).Split(' ').Select(n => ulong.Parse(n, CultureInfo.InvariantCulture))];
        ulong major = (numbers[1] >> 8) & 0xfff, minor = (numbers[1] & 0xff) | ((numbers[1] >> 12) & 0xfff00);
        return new(numbers[0], (major << 20) + minor);
    }

    private readonly record struct FileId(ulong Inode, ulong Device);
}
