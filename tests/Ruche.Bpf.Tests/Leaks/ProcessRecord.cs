// SPDX-License-Identifier: MIT
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Tests.Leaks;

/// <summary>
/// What /proc says about this process. It is asked twice a test and more, so it is searched as bytes: few of many lines matter.
/// </summary>
internal static partial class ProcessRecord
{
    private const int LongestTarget = 256;
    // Every process may have so many. What has a larger number is known by its owner only.
    private const int MostDescriptors = 1024;
    private const int LongestFacts = 4096;

    private static readonly byte[] Mappings = new byte[1 << 20];

    /// <summary>
    /// How many descriptors of the kernel's BPF objects and events are held, by what they are; and mappings, which take longer to find.
    /// </summary>
    public static Dictionary<string, int> CountHoldings(bool withMappings)
    {
        Dictionary<string, int> counts = [];
        foreach (int fd in OpenDescriptors()) CountDescriptor(fd, counts);
        if (withMappings) CountMappings(counts);
        return counts;
    }

    /// <summary>The number after a name in what is known of a descriptor.</summary>
    public static uint? Fact(int fd, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> facts = Read($"/proc/self/fdinfo/{fd}", stackalloc byte[LongestFacts]);
        int at = facts.IndexOf(name);
        if (at < 1 || facts[at - 1] != '\n' || facts[at + name.Length] != ':') return null;
        Assert.True(Utf8Parser.TryParse(facts[(at + name.Length + 1)..].TrimStart("\t "u8), out uint value, out _));
        return value;
    }

    /// <summary>One question to poll(2) about all numbers, in place of several system calls for each name in a directory.</summary>
    private static unsafe List<int> OpenDescriptors()
    {
        const short Invalid = 0x20;
        Span<PollFd> numbers = stackalloc PollFd[MostDescriptors];
        for (int fd = 0; fd < numbers.Length; fd++) numbers[fd].Fd = fd;
        // SAFETY: poll(2) writes into these elements only.
        fixed (PollFd* first = numbers) Assert.True(Libc.Poll(first, MostDescriptors, 0) >= 0);
        List<int> open = [];
        foreach (ref readonly PollFd number in numbers)
            if ((number.Revents & Invalid) == 0) open.Add(number.Fd);
        return open;
    }

    private static void CountDescriptor(int fd, Dictionary<string, int> counts)
    {
        Span<byte> target = stackalloc byte[LongestTarget];
        // Other threads of the runtime close descriptors of their own at any time.
        nint length = ReadLink($"/proc/self/fd/{fd}", target, target.Length);
        if (length > 0 && IsOurs(target[..(int)length])) Count(counts, "descriptor of", target[..(int)length]);
    }

    private static void CountMappings(Dictionary<string, int> counts)
    {
        ReadOnlySpan<byte> mappings = Read("/proc/self/maps", Mappings);
        while (mappings.IndexOf("anon_inode:"u8) is >= 0 and var start)
        {
            mappings = mappings[start..];
            int end = mappings.IndexOf((byte)'\n');
            if (IsOurs(mappings[..end])) Count(counts, "mapping of", mappings[..end]);
            mappings = mappings[end..];
        }
    }

    private static void Count(Dictionary<string, int> counts, string how, ReadOnlySpan<byte> name)
    {
        string what = $"{how} {Encoding.UTF8.GetString(name)}";
        counts[what] = counts.GetValueOrDefault(what) + 1;
    }

    private static bool IsOurs(ReadOnlySpan<byte> name) =>
        name.StartsWith("anon_inode:bpf"u8) || name.SequenceEqual("anon_inode:[perf_event]"u8) || name.SequenceEqual("anon_inode:btf"u8);

    private static ReadOnlySpan<byte> Read(string path, Span<byte> text)
    {
        using var file = File.OpenHandle(path);
        int length = 0;
        while (RandomAccess.Read(file, text[length..], length) is > 0 and var count) length += count;
        Assert.True(length < text.Length, $"{path} is longer than {text.Length} bytes");
        return text[..length];
    }

    [LibraryImport("libc", EntryPoint = "readlink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ReadLink(string path, Span<byte> target, nint size);
}
