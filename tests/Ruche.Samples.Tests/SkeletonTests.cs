// SPDX-License-Identifier: MIT
using Ruche.Architecture.Tests;
using Ruche.Bpf.Tests;

namespace Ruche.Samples.Tests;

/// <summary>The classes that are generated beside the samples, on the running kernel.</summary>
public sealed class SkeletonTests : KernelTest
{
    // LSM programs are refused on some hosts; they have tests of their own where they are not. Before 1.2, libbpf does not know .struct_ops.link.
    public static TheoryData<string> Objects =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "samples/csharp")).Select(d => Path.GetFileName(d)).Where(n => File.Exists(Path.Combine(Repository.Root, "samples/csharp", n, $"{n}.cs")) && n is not ("DenyFile" or "CongestionControl")).Order(StringComparer.Ordinal)];

    [Fact]
    public void Walking_a_map_allocates_nothing_for_its_entries()
    {
        using var counter = SyscallCounterObject.Load();
        var counts = counter.Counts;
        counts.Update(1, 1);
        long few = Walk(counts, 1);

        for (uint i = 2; i <= 2000; i++) counts.Update(i, i);

        Assert.Equal(few, Walk(counts, 2000));
    }

    [Fact]
    public void Reading_records_allocates_nothing_for_them()
    {
        using var probe = OpenSnoopObject.Open();
        probe.Process = (uint)Environment.ProcessId;
        probe.Attach();
        var events = probe.Events;
        int found = 0;
        void Take(in OpenEvent opened) => found += opened.File.Is("/ruche/opens/this"u8) ? 1 : 0;
        Bpf.Buffers.RecordHandler<OpenEvent> take = Take;
        Ask(10);
        events.Consume(take);
        found = 0;
        Ask(200);

        long before = GC.GetAllocatedBytesForCurrentThread();
        events.Consume(take);
        long after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(200, found);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Variables_are_set_before_loading_and_read_after()
    {
        using var probe = OpenSnoopObject.Open();
        probe.Process = 42;
        probe.Object.Load();

        Assert.Equal(42u, probe.Process);
        Assert.Contains("set it before", Assert.Throws<InvalidOperationException>(() => probe.Process = 43).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Bpftool_loads_the_object(string name)
    {
        string folder = Path.Combine(Repository.Root, "artifacts/bin", name, "debug"), pins = $"{PinDirectory}-{name}";
        try
        {
            // Before 1.3, libbpf does not know tc/egress, and takes the type from the command.
            string[] type = name == "TrafficShaper" ? ["type", "classifier"] : [];
            foreach (string file in Directory.EnumerateFiles(folder, "*.bpf.o")) Shell.Run("bpftool", ["prog", "loadall", file, pins, .. type]);
            Assert.NotEmpty(Directory.EnumerateFiles(pins));
        }
        finally
        {
            if (Directory.Exists(pins)) Directory.Delete(pins, recursive: true);
        }
    }

    private static long Walk(Bpf.Maps.BpfHashMap<uint, ulong> counts, int expected)
    {
        for (int round = 0; ; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int entries = 0;
            foreach (var (key, count) in counts) entries += key == count ? 1 : 0;
            long after = GC.GetAllocatedBytesForCurrentThread();
            if (round < 2) continue;
            Assert.Equal(expected, entries);
            return after - before;
        }
    }

    private static void Ask(int times)
    {
        for (int i = 0; i < times; i++) Assert.Equal(-1, OpenNothing("/ruche/opens/this"u8));
    }

    private static unsafe int OpenNothing(ReadOnlySpan<byte> path)
    {
        fixed (byte* name = path) return Libc.Open(name, 0);
    }
}
