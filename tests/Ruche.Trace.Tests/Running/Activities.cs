// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Trace.Tests.Running;

/// <summary>What cases let happen while a script runs, by name. When one returns, all of it has happened.</summary>
internal sealed partial class Activities(TracedProgram program) : IDisposable
{
    private const int ManyTimes = 1000;

    private readonly string _directory = Directory.CreateTempSubdirectory("ruche-activity").FullName;

    /// <summary>Lets it happen.</summary>
    public void Do(string activity)
    {
        switch (activity)
        {
            case "nothing": break;
            case "calls": program.Call(); break;
            case "opens": Open("/ruche/opens/this"); break;
            case "asks for a file": Assert.False(File.Exists("/ruche/opens/this")); break;
            case "asks for a new file": Assert.False(File.Exists($"/ruche-{Path.GetRandomFileName()}")); break;
            case "asks for its parent": Ask(); break;
            case "reads": Read(); break;
            case "yields": Yield(); break;
            case "writes to a disk": WriteToDisk(); break;
            case "flushes an array": OnThread("ruche-flushes", () => Flush("/dev/md127")); break;
            case "asks a loop device": AskLoopDevice(); break;
            case "writes and reads a file": WriteAndRead(); break;
            case "starts a program": Start("/bin/sh", "-c", "exit 7", "one", "two"); break;
            case "starts what is no program": StartNoProgram(); break;
            case "starts programs for a second": StartForASecond(); break;
            case "ends a program by a signal": Start("/bin/sh", "-c", "kill -9 $$"); break;
            case "types into a shell": Type(); break;
            case "signals": Assert.Equal(0, Kill(Environment.ProcessId, 0)); break;
            case "changes the user": ChangeUser(); break;
            case "mounts": OnThread("ruche-mounts", Mount); break;
            case "starts a thread": OnThread("ruche-thread", () => { }); break;
            case "waits": OnThread("ruche-waits", () => _ = Poll(0, 0, 50)); break;
            case "spins": OnThread("ruche-spins", Spin); break;
            case "wakes": Wake(); break;
            case "allocates": Allocate(); break;
            case "asks for all memory": OnThread("ruche-asks", AskForAllMemory); break;
            case "runs out of memory": RunOutOfMemory(); break;
            case "swaps": Swap(); break;
            case "connects": Connect(); break;
            case "connects to nobody": ConnectToNobody(); break;
            case "connects to a full queue": ConnectToFullQueue(); break;
            case "connects a datagram socket": ConnectDatagrams(); break;
            case "looks up a name": LookUp(); break;
            case "talks in secret": TalkInSecret(); break;
            case "hands over a descriptor": HandOver(); break;
            default: throw new FormatException($"there is no activity '{activity}'");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        program.Leave();
        Directory.Delete(_directory, recursive: true);
    }

    private static void OnThread(string name, Action act)
    {
        Thread thread = new(() => act()) { Name = name };
        thread.Start();
        thread.Join();
    }

    // From several processors at the same time.
    private static void Yield() => Parallel.For(0, 4, _ =>
    {
        for (int i = 0; i < 50_000; i++) Thread.Yield();
    });

    private static void Ask()
    {
        for (int i = 0; i < ManyTimes; i++) _ = GetParent();
    }

    // Compiled by the runtime wherever the tests are compiled before, too.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spin()
    {
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMilliseconds(500)) Thread.SpinWait(100);
    }

    // Two threads that take turns: each wakes the other, which waits for it.
    private static void Wake()
    {
        using AnonymousPipeServerStream to = new(PipeDirection.Out), back = new(PipeDirection.Out);
        using AnonymousPipeClientStream there = new(PipeDirection.In, to.ClientSafePipeHandle), here = new(PipeDirection.In, back.ClientSafePipeHandle);
        Thread waits = new(() =>
        {
            for (int i = 0; i < ManyTimes; i++)
            {
                there.ReadByte();
                back.WriteByte(1);
            }
        })
        { Name = "ruche-waits" };
        waits.Start();
        OnThread("ruche-wakes", () =>
        {
            for (int i = 0; i < ManyTimes; i++)
            {
                to.WriteByte(1);
                here.ReadByte();
            }
        });
        waits.Join();
    }

    // What is held when it returns, and something that is not.
    private static void Allocate()
    {
        FreeMemory(AllocateMemory(7654321));
        AllocateMemory(1234567);
    }

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int GetParent();

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(nint descriptors, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "malloc")]
    private static extern nint AllocateMemory(nint size);

    [DllImport("libc", EntryPoint = "free")]
    private static extern void FreeMemory(nint address);
}
