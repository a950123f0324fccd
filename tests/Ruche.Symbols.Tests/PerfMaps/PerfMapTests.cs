// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ruche.Symbols.PerfMaps;

namespace Ruche.Symbols.Tests.PerfMaps;

public sealed class PerfMapTests
{
    private const int Longest = 1 << 20;

    [Fact]
    public void What_a_runtime_adds_is_read_when_it_is_complete()
    {
        using WorkDirectory directory = new();
        string path = directory["map"];
        File.WriteAllText(path, "1000 10 first\n2000 8 cu");
        using PerfMap map = new(File.OpenHandle(path, share: FileShare.ReadWrite), Longest);

        Assert.True(map.Update());
        Assert.False(map.Update());
        Assert.Equal("first", NameAt(map, 0x100f));
        Assert.Null(NameAt(map, 0x1010));
        Assert.Null(NameAt(map, 0x2000));

        File.AppendAllText(path, "t later\n1000 20 second\nnonsense\n3000 0 empty\n4000 4 \n");
        Assert.True(map.Update());
        Assert.Equal("second", NameAt(map, 0x101f));
        Assert.Equal("cut later", NameAt(map, 0x2007));
        Assert.Null(NameAt(map, 0x3000));
        Assert.Null(NameAt(map, 0x4000));
    }

    [Fact]
    public void Any_bytes_are_read_without_a_fault()
    {
        using WorkDirectory directory = new();
        byte[] sample = Encoding.UTF8.GetBytes("1000 10 first\n0x2000 8 second one\nffffffffffffffff 10 last\n7f0000000000 ffffffff large\n");
        foreach (int seed in FuzzSeeds.Take(300))
        {
            Random random = new(seed);
            byte[] bytes = sample[..random.Next(sample.Length)];
            for (int i = random.Next(8); i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(directory["map"], bytes);
            using PerfMap map = new(File.OpenHandle(directory["map"]), Longest);

            map.Update();

            foreach (ulong address in (ulong[])[0, 0x1008, 0x2000, ulong.MaxValue]) Assert.InRange(map.Table.IndexAt(address), -1, 4);
        }
    }

    [Fact]
    public void A_process_in_namespaces_of_its_own_is_named_by_its_own_map()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "namespaces need root");
        Tool.Require("unshare", "mount");
        using WorkDirectory directory = new();
        TracedProgram.Compile(directory["program"]);
        string mounted = $"mount -t tmpfs tmpfs /run && cp {directory["program"]} /run/traced && mount -t tmpfs tmpfs /tmp && exec /run/traced perf";
        using var running = RunningProgram.Start("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", mounted);
        int child = ChildOf(running.Id);
        using SymbolizerCache cache = new();

        ulong made = running.Addresses["made"];

        var frames = cache.UserStack(child, [made + 1, made + 18, made + 200, running.Addresses["visible_function"]]);

        string[] expected = ["int Made::at(run time)+1", "another+2", $"0x{made + 200:x}", "visible_function"];
        Assert.Equal(expected, frames.Select(frame => frame.ToString()));
        Assert.Equal(FrameKind.Jitted, frames[0].Kind);
        Assert.False(File.Exists("/tmp/perf-1.map"));
    }

    [Fact]
    public void Methods_that_dotnet_has_compiled_are_found()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!);
        start.Environment["DOTNET_PerfMapEnabled"] = "1";
        start.Environment[ManagedChild.Variable] = "1";
        using var running = RunningProgram.Start(start);
        string path = $"/tmp/perf-{running.Id}.map";
        string line = File.ReadLines(path).Last(line => line.Contains(nameof(ManagedChild.CompiledFirst), StringComparison.Ordinal));
        ulong address = ulong.Parse(line.Split(' ')[0].Replace("0x", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        using SymbolizerCache cache = new();

        var frame = cache.UserStack(running.Id, [address + 2])[0];

        Assert.Equal(FrameKind.Jitted, frame.Kind);
        Assert.Contains($"{nameof(ManagedChild)}::{nameof(ManagedChild.CompiledFirst)}", frame.Name, StringComparison.Ordinal);
        Assert.Equal(2UL, frame.Offset);
        running.Stop();
        foreach (string left in (string[])[path, $"/tmp/perfinfo-{running.Id}.map", $"/tmp/jit-{running.Id}.dump"]) File.Delete(left);
    }

    private static string? NameAt(PerfMap map, ulong address) =>
        map.Table.IndexAt(address) is var index and >= 0 ? map.Table.NameOf(index, demangles: false).Name : null;

    private static int ChildOf(int parent) =>
        int.Parse(File.ReadAllText($"/proc/{parent}/task/{parent}/children").Trim(), CultureInfo.InvariantCulture);
}
