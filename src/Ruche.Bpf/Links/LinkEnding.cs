// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Links;

/// <summary>
/// Ends attachments side by side. The kernel lets a caller go only when no processor runs the program any more, after tens of milliseconds;
/// callers that wait at the same time wait for the same moment. What it does after that, for events that run no program any more, nobody
/// has to wait for.
/// </summary>
internal static class LinkEnding
{
    private const int MostThreads = 32;
    private const int MostLate = 64;

    public static void End(IEnumerable<BpfLink> links)
    {
        List<BpfLink> ending = [];
        foreach (var link in links) Gather(link, ending);
        if (ending.Count == 0) return;
        using LateClosing late = new();
        if (ending.Count <= MostLate)
        {
            foreach (var link in ending) link.CloseLate(late);
        }

        var waiting = ending.FindAll(Waits);
        int next = -1;
        var others = new Thread[Math.Max(Math.Min(waiting.Count, MostThreads) - 1, 0)];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new(Work) { IsBackground = true };
            others[i].Start();
        }

        Work();
        foreach (var other in others) other.Join();
        foreach (var link in ending) link.Dispose();

        void Work()
        {
            for (int i = Interlocked.Increment(ref next); i < waiting.Count; i = Interlocked.Increment(ref next)) waiting[i].Dispose();
        }
    }

    // The others end at once, and the kernel clears up behind them by itself: a thread for them would take longer to start.
    private static bool Waits(BpfLink link) => link.Kind is not (AttachKind.PerfEvent or AttachKind.RawTracepoint or AttachKind.BtfTracepoint);

    private static void Gather(BpfLink link, List<BpfLink> ending)
    {
        if (link is LinkGroup group)
        {
            foreach (var member in group.Members) Gather(member, ending);
        }

        // A group comes after its members, and finds them ended.
        ending.Add(link);
    }
}
