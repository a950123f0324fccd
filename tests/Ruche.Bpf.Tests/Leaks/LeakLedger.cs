// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Tests.Leaks;

/// <summary>
/// Watches what tests do with the kernel: every descriptor with the stack that opened it, every kernel object made by id (which finds
/// what a forgotten pin or attachment keeps alive), memory mappings, and pins. Tests run one after the other.
/// </summary>
internal static class LeakLedger
{
    /// <summary>The kernel frees programs and what they hold after a grace period; nothing takes this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A link's facts name its program too.
    private static readonly (byte[] Fact, string What, BpfCommand Next)[] Kinds =
    [
        ([.. "link_id"u8], "link", BpfCommand.LinkGetNextId), ([.. "map_id"u8], "map", BpfCommand.MapGetNextId), ([.. "prog_id"u8], "program", BpfCommand.ProgGetNextId),
    ];

    // Walking the stack takes an emulated CPU longer than opening; there, the test's name has to do unless a filter asks for few tests.
    private static readonly bool TakesStacks = Environment.GetEnvironmentVariable("RUCHE_LEAK_STACKS") != "0";

    private static readonly ConcurrentDictionary<BpfFd, Opening> Descriptors = new(ReferenceEqualityComparer.Instance);
    private static readonly ConcurrentDictionary<(BpfCommand Next, uint Id), Opening> Objects = [];
    private static readonly ConcurrentBag<string> Abandoned = [];

    // A test's class is made before the test begins and disposed after it ends, so phases are counted: even between tests, odd in one.
    private static int _phase;
    private static string _test = "";
    private static Dictionary<string, int> _before = [];

    // What a test left behind stays, and is said once.
    private static Dictionary<string, int> _left = [];
    private static bool _hasMapped;

    /// <summary>A test begins; its class has been made.</summary>
    public static void Begin(string test)
    {
        _test = test;
        _phase++;
        _before = Descriptors.IsEmpty ? _left : ProcessRecord.CountHoldings(_hasMapped);
    }

    /// <summary>The test ends; its class will be disposed. Says what the test itself left behind.</summary>
    public static IReadOnlyList<string> End()
    {
        List<string> leaks = OpenedByTest(Patience);
        var holdings = ProcessRecord.CountHoldings(_hasMapped);
        foreach (var (what, count) in holdings)
            if (count > _before.GetValueOrDefault(what)) leaks.Add($"{count - _before.GetValueOrDefault(what)} × {what}");
        // While its class holds something, the next test begins with more than what was left.
        if (Descriptors.IsEmpty) (_left, _hasMapped) = (holdings, false);
        string pins = $"/sys/fs/bpf/ruche-tests-{Environment.ProcessId}";
        leaks.AddRange(LeftIn(pins).Select(pin => $"pin {pin}"));
        _phase++;
        return leaks;
    }

    /// <summary>The pins in a directory, which goes when it is empty: it was made for them.</summary>
    private static string[] LeftIn(string directory)
    {
        if (!Directory.Exists(directory)) return [];
        string[] left = Directory.GetFileSystemEntries(directory);
        if (left.Length == 0) Directory.Delete(directory);
        return left;
    }

    /// <summary>Says what the class of the last test left behind when it was disposed.</summary>
    public static IReadOnlyList<string> FromClassOfLastTest() => OpenedIn(0, _phase - 1, Patience);

    /// <summary>Says what the running test has opened and not closed. Each thing is said once.</summary>
    public static List<string> OpenedByTest(TimeSpan patience) => OpenedIn(_phase, _phase, patience);

    [ModuleInitializer]
    internal static void Start()
    {
        BpfFd.Watch = Record;
        MemoryMapping.Watch = () => _hasMapped = true;
    }

    private static List<string> OpenedIn(int first, int last, TimeSpan patience)
    {
        List<string> leaks = [];
        while (Abandoned.TryTake(out string? stack)) leaks.Add($"a descriptor that nobody disposed, opened\n{stack}");
        foreach (var (fd, opening) in Descriptors)
            if (opening.Phase >= first && opening.Phase <= last && Descriptors.TryRemove(fd, out _))
                leaks.Add($"an open descriptor, opened\n{opening}");

        // An open descriptor keeps its object alive; one complaint is enough.
        foreach (var (made, opening) in Objects)
            if (opening.Phase >= first && opening.Phase <= last && Objects.TryRemove(made, out _) && leaks.Count == 0 && Outlives(patience, made))
                leaks.Add($"{Kinds.Single(kind => kind.Next == made.Next).What} {made.Id} still alive, made\n{opening}");
        return leaks;
    }

    private static bool Outlives(TimeSpan patience, (BpfCommand Next, uint Id) made)
    {
        long started = Stopwatch.GetTimestamp();
        SpinWait spin = default;
        while (IsAlive(made.Next, made.Id))
        {
            if (Stopwatch.GetElapsedTime(started) > patience) return true;
            spin.SpinOnce();
        }

        return false;
    }

    private static void Record(BpfFd fd, FdEvent what)
    {
        switch (what)
        {
            case FdEvent.Opened or FdEvent.Joined:
                // Without files and lines: looking those up takes longer than most tests.
                Opening opening = new(_phase, _test, TakesStacks ? new StackTrace(fNeedFileInfo: false) : null);
                Descriptors[fd] = opening;
                if (what is FdEvent.Opened && ObjectOf((int)fd.DangerousGetHandle()) is { } made) Objects.TryAdd(made, opening);
                break;
            case FdEvent.Abandoned:
                if (Descriptors.TryRemove(fd, out Opening? abandoned)) Abandoned.Add(abandoned.ToString());
                break;
            default:
                Descriptors.TryRemove(fd, out _);
                break;
        }
    }

    private static (BpfCommand Next, uint Id)? ObjectOf(int fd)
    {
        foreach (var (fact, _, next) in Kinds)
            if (ProcessRecord.Fact(fd, fact) is { } id) return (next, id);
        return null;
    }

    // Opening the object to see whether it is there would keep it there.
    private static bool IsAlive(BpfCommand next, uint id)
    {
        ObjectIdAttr attr = new() { StartId = id - 1 };
        return BpfSyscall.Try(next, ref attr) is Errno.None && attr.NextId == id;
    }

    private sealed record Opening(int Phase, string Test, StackTrace? Stack)
    {
        /// <summary>The methods of this project that were running, the innermost first.</summary>
        private IEnumerable<string> Frames => (Stack?.GetFrames() ?? [])
            .Select(frame => frame.GetMethod())
            .Where(method => method?.DeclaringType is { Namespace: { } space } type && space.StartsWith("Ruche.", StringComparison.Ordinal) && type != typeof(LeakLedger))
            .Select(method => $"{method!.DeclaringType!.Name}.{method.Name}");

        public override string ToString() => $"  {(Phase % 2 == 1 ? "in" : "after")} '{Test}'\n    {string.Join("\n    ", Frames)}";
    }
}
